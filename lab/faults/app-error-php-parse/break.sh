# Somebody mended a typo in a file that each page of the blog requires, and left out a bracket: PHP refuses to compile it.
visitors
keep "$BLOG_DIR/index.php"
printf '<?php\nfunction title(array $post) { return $post["title"]; }\n' >"$BLOG_DIR/functions.php"
printf '<?php\nrequire __DIR__ . "/functions.php";\necho title(["title" => "posts"]), "\\n";\n' >"$BLOG_DIR/index.php"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
(unnoted=1 requests "$BLOG_SITE" / 5 >/dev/null)
printf '<?php\nfunction title(array $post) { return $post["title"; }\n' >"$BLOG_DIR/functions.php"
sleep 3
requests "$BLOG_SITE" / 25
