# A script of the blog sets its status by hand and leaves the number out: over FastCGI that is a header line, and nginx cannot read it.
visitors
keep "$BLOG_DIR/index.php"
cat >"$BLOG_DIR/index.php" <<'PHP'
<?php
header("Status: Moved");
echo "blog\n";
PHP
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
