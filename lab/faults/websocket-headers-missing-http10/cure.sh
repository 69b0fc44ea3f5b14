shop_with "s|^\([ \t]*\)location = /board/ws { |&proxy_http_version 1.1; |"
reload_nginx
