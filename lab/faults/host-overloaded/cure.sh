systemctl stop monthly-report.service visitors.service
checkout_as_shipped
printf '<?php\necho "posts\\n";\n' >"$BLOG_DIR/index.php"
give_back "$BLOG_CONF"
shop_as_shipped
