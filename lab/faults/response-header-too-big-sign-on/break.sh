# The sign-on that auth_request asks says in a header which groups a visitor is in, and the directory was joined with another firm's: 6 kB of groups.
visitors
sign_on 204 'X-Auth-User: anna'
shop_asks_first
reload_nginx
shop_requests 4 >/dev/null
sign_on 204 'X-Auth-User: anna' "X-Auth-Groups: $(printf 'cn=team-%s.ou=shop.dc=example.dc=com;' {1..170})"
shop_requests 30
