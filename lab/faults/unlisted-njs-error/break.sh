# A handler in njs throws.
visitors
echo "load_module modules/ngx_http_js_module.so;" >/etc/nginx/modules-enabled/50-js.conf
mkdir -p /etc/nginx/njs
echo "function price(r) { r.return(200, JSON.parse(r.variables.arg_cart).total) } export default { price }" >/etc/nginx/njs/price.js
http_directive "js_import prices from /etc/nginx/njs/price.js;"
shop_server_directive "location = /price { js_content prices.price; }"
systemctl restart nginx.service
requests "$SHOP_SITE" /price 25
