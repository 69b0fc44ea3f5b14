# 30,000 redirects of an old site, as a generator wrote them: about 3 MB.
visitors
{
  printf 'map_hash_bucket_size 128;\nmap_hash_max_size 65536;\nmap $uri $moved {\n'
  for i in $(seq 30000); do printf '    /old/articles/2009/11/%s-a-title-of-some-length.html /new/%s;\n' "$i" "$i"; done
  printf '}\nserver {\n    listen 80;\n    server_name old.%s;\n    if ($moved) { return 301 $moved; }\n    return 410;\n}\n' "$SHOP_SITE"
} >"$(new_site extra)"
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
