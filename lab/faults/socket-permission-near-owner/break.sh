# Mode 0600 looks too narrow, but the owner is the very user of the workers.
visitors
blog_pool "s|^;*listen.mode = .*|listen.mode = 0600|"
requests "$BLOG_SITE" / 20
