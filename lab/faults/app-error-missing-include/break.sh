# The blog was deployed without its libraries: index.php is there, and the file that it requires is not.
visitors
keep "$BLOG_DIR/index.php"
printf '<?php\nrequire __DIR__ . "/vendor/autoload.php";\necho "blog\\n";\n' >"$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
