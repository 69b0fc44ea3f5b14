# A site whose configuration uses what the grammar allows: braces and semicolons in strings, expressions for names, directives over many lines, an include of nothing.
visitors
mkdir -p /etc/nginx/later
cat >"$(new_site odd)" <<'NGINX'
map $http_accept_language $tongue {
    volatile;
    default en;
    ~*^de   de;
    "~^fr(-(?<country>[a-z]{2}))?" fr;
}

map $host:$tongue $desk { default 127.0.0.1:1; "~^odd\.example\.com:(en|de|fr)$" @DESK@; }

upstream 'quoted-pool' {
    server @DESK@ weight=3 max_fails=2
           fail_timeout=7s;   # server 127.0.0.1:1; proxy_pass http://127.0.0.1:1;
}

server { listen 80; server_name odd.example.com "~^odd(?<number>\d{1,3})\.example\.net$"
                                *.odd.example.com; # }
    include /etc/nginx/later/*.conf;
    set $brace "}{ ; # upstream x { server 127.0.0.1:1; }";
    add_header X-Brace $brace always; add_header "X-Quoted" 'say "no" \; return 502;';
    if ($request_method !~ ^(?:GET|HEAD|POST)$) { return 405; }

    location ~ "^/year/\d{4}/[^{}]+$" { return 200 "return 502;\n"; }
    location = /pool { proxy_pass "http://quoted-pool"; proxy_set_header Host $host; }
    location / {
        if ($arg_old) { rewrite ^ /year/1999/index? last; }
        proxy_pass
            http://$desk
            ;
    }
}
NGINX
sed -i "s|@DESK@|$SHOP_ADDRESS|" "$(new_site odd)"
reload_nginx
requests odd.example.com /cart 12
requests odd.example.com /year/2026/index 6
requests odd.example.com '/cart?old=1' 4
shop_requests 10
