# Downloads have signed links; the shop signs with its new secret, and the configuration of nginx still holds the one of before.
visitors
mkdir -p /srv/paid
echo map >/srv/paid/map.txt
link() {
  local until=$(($(date +%s) + 3600))
  printf '/paid/map.txt?until=%s&sign=%s' "$until" "$(printf '%s/paid/map.txt %s' "$until" "$1" | openssl md5 -binary | base64 | tr '+/' '-_' | tr -d =)"
}
cat >"$(new_site downloads)" <<'NGINX'
server {
    listen 80;
    server_name downloads.example.com;

    location /paid/ {
        secure_link $arg_sign,$arg_until;
        secure_link_md5 "$secure_link_expires$uri summer-2025";
        if ($secure_link = "") {
            return 403;
        }
        if ($secure_link = "0") {
            return 410;
        }
        alias /srv/paid/;
    }
}
NGINX
reload_nginx
requests downloads.example.com "$(link summer-2025)" 3 | grep -qx 200
requests downloads.example.com "$(link winter-2026)" 30
