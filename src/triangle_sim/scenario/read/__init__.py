"""Reading scenario files: strict YAML, the files a scenario extends, and single values set beside them."""
