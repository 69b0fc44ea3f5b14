# The pool was renamed; nginx still has the old path.
visitors
blog_pool "s|^listen = .*|listen = /run/php/fresh.sock|"
requests "$BLOG_SITE" / 30
