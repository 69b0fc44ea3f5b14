/** A text that holds a secret: `secret` must be gone, `stays` must be there, after redaction. */
export interface Planted {
  readonly what: string
  readonly text: string
  readonly secret: string
  readonly stays: readonly string[]
}

// Put together here, so that scanners of this repository do not take the samples for real ones.
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'dBjftJeZ4CVPmB92K27uhbUJU1p1r'].join('.')
const stripe = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')
const slack = ['xoxb', '123456789012', 'abcdefABCDEF123456'].join('-')
const github = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')
const aws = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')

function planted(what: string, text: string, secret: string, ...stays: readonly string[]): Planted {
  return { what, text, secret, stays }
}

export const plantedSecrets: readonly Planted[] = [
  planted(
    'a token in the request of an error-log line',
    '2026/11/21 03:08:01 [error] 41#41: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, server: shop.example.com, request: "GET /cart?token=s3cr3tvalue&page=2 HTTP/1.1", upstream: "http://127.0.0.1:8080/cart?token=s3cr3tvalue&page=2", host: "shop.example.com"',
    's3cr3tvalue',
    'GET /cart?token=<redacted:token>&page=2 HTTP/1.1',
    'upstream: "http://127.0.0.1:8080/cart?token=<redacted:token>&page=2"',
    'client: 192.0.2.7',
  ),
  planted('key, sig and session in a query', '/a?key=K1a2b3&sig=S1g9&session=Zz9&x=1', 'K1a2b3', 'x=1'),
  planted('a signature in a query', '/a?key=K1a2b3&sig=S1g9&session=Zz9&x=1', 'S1g9', 'x=1'),
  planted('a session in a query', '/a?key=K1a2b3&sig=S1g9&session=Zz9&x=1', 'Zz9', 'x=1'),
  planted('an authorisation code in a query', 'GET /cb?code=4/0AX4XfWh&state=x HTTP/2.0', '4/0AX4XfWh', 'HTTP/2.0'),
  planted('access_token after an HTML ampersand', 'x?a=1&amp;access_token=ya29.abcDEF', 'ya29.abcDEF', 'a=1'),
  planted('a query inside a query', '/login?next=%2Fcb%3Ftoken%3Dabc123%26page%3D2', 'abc123', 'page%3D2', '/login'),
  planted('a signed S3 address', '?X-Amz-Signature=0a1b2c3d&X-Amz-Expires=300', '0a1b2c3d', 'X-Amz-Expires=300'),
  planted('an Authorization header', 'Authorization: Basic c2hvcDpodW50ZXIy\nHost: a', 'c2hvcDpodW50ZXIy', 'Host: a'),
  planted('a header in capitals', 'AUTHORIZATION:Digest username="u", response="6629fae4"', '6629fae4'),
  planted('a Cookie header', 'Cookie: sid=abc; theme=dark\nAccept: */*', 'sid=abc', 'Accept: */*'),
  planted('a Set-Cookie header', 'set-cookie: PHPSESSID=0f9e8d; Path=/; HttpOnly', '0f9e8d'),
  planted(
    'a header in the debug log',
    'http proxy header: "X-Api-Key: 7fe1-77aa"\nnext line',
    '7fe1-77aa',
    'X-Api-Key:',
    'next line',
  ),
  planted('a header given to curl', `curl -H 'Authorization: token abc 123' http://127.0.0.1:9/`, 'abc 123', ':9/'),
  planted(
    'proxy_set_header',
    '    proxy_set_header Authorization "Basic c2hvcDpodW50ZXIy";',
    'c2hvcDpodW50ZXIy',
    'proxy_set_header Authorization "<redacted:authorization>";',
  ),
  planted('fastcgi_param', 'fastcgi_param DB_PASSWORD hunter2;', 'hunter2', 'fastcgi_param DB_PASSWORD <redacted'),
  planted('secure_link_secret', '  secure_link_secret nginxword;', 'nginxword', 'secure_link_secret'),
  planted('secure_link_md5', 'secure_link_md5 "$secure_link_expires$uri enigma";', 'enigma', 'secure_link_md5'),
  planted('set', `set $api_token 'tk-99';`, 'tk-99', 'set $api_token'),
  planted('an if on a header', 'if ($http_x_api_key != "letmein9") { return 403; }', 'letmein9', 'return 403;'),
  planted(
    'a map of keys',
    'map $http_x_api_key $ok {\n  default 0;\n  "letmein9" 1;\n}',
    'letmein9',
    'default 0;',
    ' 1;',
  ),
  planted('a map on one line', 'map $http_x_api_key $ok { default 0; letmein9 1; }', 'letmein9', 'default 0;', ' 1; }'),
  planted('a password in a URL', 'redis://:hunter2@127.0.0.1:6379/0', 'hunter2', '@127.0.0.1:6379/0'),
  planted('a password with an @', 'postgres://shop:p@ss@db-1:5432/shop', 'p@ss', 'shop:', '@db-1:5432/shop'),
  planted('a Go data source name', 'shop:hunter2@tcp(10.0.0.5:3306)/shop', 'hunter2', 'tcp(10.0.0.5:3306)/shop'),
  planted('a token as user of a URL', 'https://0123456789abcdef0123@git.example.com/x', '0123456789abcdef', '@git.'),
  planted(
    'a private key',
    'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\nq+9/x==\n-----END RSA PRIVATE KEY-----\nb',
    'MIIEpAIBAAKCAQEA7',
    'a\n-----BEGIN',
    'KEY-----\nb',
  ),
  planted('a cut private key', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgk\nnginx: [emerg] x', 'MIIE', '[emerg] x'),
  planted(
    'a private key in JSON',
    '{"k":"-----BEGIN PRIVATE KEY-----\\nMIIEvQIB\\n-----END PRIVATE KEY-----\\n"}',
    'MIIE',
  ),
  planted('a JSON Web Token in a path', `GET /s/${jwt} HTTP/1.1`, jwt, 'GET /s/<redacted:token> HTTP/1.1'),
  planted('a Bearer token in prose', 'rejected Bearer 9f8e7d6c5b4a3210 from 192.0.2.7', '9f8e7d6c', '192.0.2.7'),
  planted('an AWS key id', `aws: ${aws} denied`, aws, 'denied'),
  planted('a Stripe key', `stripe.error: key ${stripe} expired`, stripe, 'expired'),
  planted('a Slack token', `posting with ${slack}`, slack),
  planted('a GitHub token', `fatal: ${github} bad`, github, 'bad'),
  planted('a variable of a unit', 'Environment=DB_SECRET=tops3cret PORT=8080', 'tops3cret', 'PORT=8080'),
  planted('a quoted variable of a unit', 'Environment="SMTP_PASS=two words" "PORT=8080"', 'two words', '"PORT=8080"'),
  planted('a name run together', 'PGPASSWORD=hunter2 psql -h db-1', 'hunter2', 'psql -h db-1'),
  planted(
    'a long option',
    '/usr/bin/app --port 8080 --password=hunter2 --bind 127.0.0.1',
    'hunter2',
    '--bind 127.0.0.1',
  ),
  planted('a long option with a space', 'app --api-key abc-1 --port 8080', 'abc-1', '--port 8080'),
  planted('a password glued to -p', 'mysql -u root -pHunter2 shop', 'Hunter2', 'mysql -u root'),
  planted('a user of curl', 'curl -s -u admin:hunter2 http://127.0.0.1:8080/', 'hunter2', '127.0.0.1:8080/'),
  planted('JSON', '{"user":"shop","password":"hun\\"ter2","port":5432}', 'ter2', '"port":5432'),
  planted('JSON quoted once more', 'msg="{\\"access_token\\":\\"tok1\\",\\"port\\":8080}"', 'tok1', '8080'),
  planted('YAML', 'db:\n  password: hunter2\n  host: 10.0.0.5', 'hunter2', 'host: 10.0.0.5'),
  planted('php-fpm', 'env[DB_PASSWORD] = hunter2\nlisten = 127.0.0.1:9000', 'hunter2', 'listen = 127.0.0.1:9000'),
  planted('a PDO name', 'mysql:host=10.0.0.5;password=hunter2;port=3306', 'hunter2', 'port=3306'),
  planted('htpasswd', 'shop:$apr1$x0Fd1.k2$0123456789abcdefABCDEF', '0123456789abcdef', 'shop:'),
]

/** Texts that look like secrets and hold none; each must come back unchanged. */
export const nearMisses: readonly string[] = [
  'open() "/etc/app/token" failed (13: Permission denied)',
  'cat: /run/secrets/token: Permission denied',
  'GET /api/token/refresh HTTP/1.1',
  'upstream: "http://token-service:8080/secret/path"',
  'proxy_pass http://auth-token:8080;',
  'fastcgi_pass unix:/run/php/php8.2-fpm.sock;',
  'ssl_password_file /etc/nginx/pw.txt;',
  'ssl_certificate_key /etc/nginx/tls/shop.key;',
  'ssl_session_ticket_key /etc/nginx/ticket.key;',
  'ssl_session_cache shared:SSL:10m;',
  'proxy_cache_path /var/cache/nginx levels=1:2 keys_zone=one:10m;',
  'proxy_cache_key "$scheme$host$http_cookie";',
  'proxy_set_header Authorization $http_authorization;',
  'proxy_set_header Cookie "$http_cookie";',
  'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
  `log_format t '$remote_addr token=$arg_token cookie="$http_cookie"';`,
  'server_tokens off;',
  'auth_basic_user_file /etc/nginx/htpasswd;',
  'auth_basic "Basic authentication";',
  'map $http_upgrade $connection_upgrade { default upgrade; "" close; }',
  'rewrite ^/(.*)$ /app/$1$is_args$args last;',
  'Main process exited, code=exited, status=1/FAILURE',
  "checkout-token.service: Failed with result 'exit-code'.",
  'secret-store[412]: listening on 127.0.0.1:8200',
  'LISTEN 0 128 127.0.0.1:8080 0.0.0.0:* users:(("token-api",pid=413,fd=6))',
  'LoadState=loaded ActiveState=failed SubState=auto-restart NRestarts=5',
  'InvocationID=4f2a8c31d0e94bb0a3b8e1f2a4c5d6e7',
  'password authentication failed for user "shop"',
  'while SSL handshaking, client: 192.0.2.7, server: 0.0.0.0:443',
  'DB_PASSWORD_FILE=/run/secrets/db',
  'app --token-file /etc/app/token --port 8080',
  'http://127.0.0.1:8080/users/a@b.example',
  'PWD=/srv/checkout-api',
  'if ($http_authorization = "") { return 401; }',
  '@unit token-refresh.service',
  'root@web-1:/etc/nginx#',
]
