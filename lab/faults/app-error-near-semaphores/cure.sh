ipcrm --all=sem
give_back "$BLOG_DIR/index.php"
umount /mnt/backup
blog_as_shipped
