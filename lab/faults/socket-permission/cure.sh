blog_pool "s|^listen.owner = .*|listen.owner = www-data|" "s|^listen.group = .*|listen.group = www-data|" "s|^listen.mode = .*|listen.mode = 0660|"
