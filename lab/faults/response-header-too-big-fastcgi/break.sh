# The blog sends many links to preload: 9 kB of header from php-fpm.
visitors
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
for ($i = 0; $i < 90; $i++) header("Link: </assets/stylesheets/theme-part-number-$i.css?version=20261121>; rel=preload; as=style", false);
echo "blog\n";
PHP
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
