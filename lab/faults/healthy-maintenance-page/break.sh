# Announced work: the shop answers with a page and 200, on purpose; its backend is stopped meanwhile.
visitors
shop_server_directive 'error_page 418 =200 @work;' 'location @work { default_type text/html; return 200 "<h1>back at noon</h1>"; }'
shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|\1return 418;\n&|"
reload_nginx
shop_requests 20
