# auth_request names a location that was renamed: the server's files answer, with 404.
visitors
shop_directive 'auth_request /_sign-on;'
shop_server_directive '}' 'location = /_signon {'
shop_with "s|^\([ \t]*\)location = /_signon {|&\n\1    internal;\n\1    return 204;|"
reload_nginx
shop_requests 30
