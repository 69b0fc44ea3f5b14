# The pool creates its socket for root alone.
visitors
blog_pool "s|^listen.owner = .*|listen.owner = root|" "s|^listen.group = .*|listen.group = root|" "s|^;*listen.mode = .*|listen.mode = 0600|"
requests "$BLOG_SITE" / 30
