# A script of the blog ends with an uncaught exception: PHP says so over several lines of nginx's error log, and answers 500.
visitors
keep "$BLOG_DIR/index.php"
printf '<?php\nfunction prices($region) { throw new RuntimeException("no price list for region " . $region); }\nprices("eu-2");\n' >"$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT" # Its cache of scripts looks for changes every other second only.
requests "$BLOG_SITE" / 30
