systemctl stop compress-pictures.service visitors.service
checkout_as_shipped
give_back "$BLOG_DIR/index.php"
blog_as_shipped
shop_as_shipped
