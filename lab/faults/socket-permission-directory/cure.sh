chmod 0755 /run/blog
