"""Reading scenario files: strict YAML, the files a scenario extends, merging them."""
