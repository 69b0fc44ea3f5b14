import type { ErrorLine } from './error-line.ts'

/** The kinds of message that a diagnosis tells apart. Names are ours; the place in nginx's source stands beside each pattern. */
export type MessageKind = (typeof CATALOGUE)[number]['kind'] | 'other'

/**
 * In order, first match wins. Patterns are anchored at the start of the message: text that follows may come from a client.
 * Sources are files of nginx 1.31.
 */
const CATALOGUE = [
  // src/event/ngx_event_connect.c logs "connect() to ADDR failed" for what fails at once; the address makes it "at-once".
  { kind: 'connect-failed-at-once', start: /^connect\(\) to / },
  { kind: 'connect-failed', start: /^connect\(\) failed/ }, // ngx_http_upstream_test_connect, ngx_stream_proxy_test_connect
  // src/event/ngx_event_connect.c; IP_TRANSPARENT is set for "proxy_bind ... transparent" alone, and needs a privilege.
  {
    kind: 'proxy-bind-failed',
    start: /^(?:bind\((?!\))[^)]{1,100}\) failed|setsockopt\((?:IP|IPV6)_TRANSPARENT\) failed)/,
  },
  { kind: 'socket-failed', start: /^socket\(\) failed/ },
  { kind: 'timed-out', start: /^(?:upstream timed out|connection timed out)/ }, // ngx_http_upstream.c, ngx_stream_proxy_module.c
  { kind: 'prematurely-closed', start: /^upstream prematurely closed/ }, // ngx_http_upstream.c, FastCGI and gRPC modules
  { kind: 'no-live-upstreams', start: /^no live upstreams/ }, // ngx_http_upstream.c, ngx_stream_proxy_module.c
  { kind: 'recv-failed', start: /^(?:recv|readv|SSL_read|recvmsg)\(\) failed/ }, // src/os/unix/ngx_recv.c, ngx_readv_chain.c
  { kind: 'send-failed', start: /^(?:send|writev|sendfile|SSL_write|sendmsg)\(\) failed/ }, // src/os/unix/ngx_send.c
  { kind: 'too-big-header', start: /^upstream sent too big header/ }, // ngx_http_upstream.c
  { kind: 'no-valid-header', start: /^upstream sent no valid HTTP/ }, // ngx_http_proxy_module.c
  { kind: 'frame-too-large', start: /^upstream sent too large http2 frame/ }, // ngx_http_grpc_module.c
  { kind: 'fastcgi-version', start: /^upstream sent unsupported FastCGI protocol version/ }, // ngx_http_fastcgi_module.c
  { kind: 'grpc-refused', start: /^upstream (?:rejected request|sent goaway) with error/ }, // ngx_http_grpc_module.c
  { kind: 'ssl-verify', start: /^upstream SSL certificate (?:verify error|does not match)/ }, // ngx_http_upstream.c
  {
    kind: 'ssl-handshake',
    start: /^(?:SSL_do_handshake\(\) failed|peer closed connection in SSL handshake|handshake rejected)/,
  },
  {
    kind: 'invalid-header',
    start: /^(?:upstream sent |upstream prematurely sent|upstream violated |invalid header after)/,
  },
  { kind: 'host-not-found', start: /^host not found in / }, // src/core/ngx_inet.c through "%s in upstream"
  { kind: 'resolve-failed', start: /^(?:no resolver defined to resolve |[^\s"]{1,255} could not be resolved)/ },
  { kind: 'resolve-failed', start: /^[\w-]{1,40}: '?[^\s'"]{1,255}'? could not be resolved/ }, // third-party modules
  { kind: 'directive-error', start: /^\d{1,9} worker_connections are not enough for \d{1,9} listening/ }, // ngx_event_init_conf
  { kind: 'worker-connections', start: /^\d{1,9} worker_connections are not enough/ }, // src/core/ngx_connection.c
  { kind: 'descriptor-limit', start: /^(?:\d{1,9} worker_connections exceed open file|setrlimit\(RLIMIT_NOFILE,)/ }, // ngx_event.c, ngx_process_cycle.c
  { kind: 'emfile', start: /^accept4?\(\) failed/, errno: [23, 24] }, // src/event/ngx_event_accept.c
  { kind: 'accept-failed', start: /^accept4?\(\) failed/ },
  { kind: 'bind-failed', start: /^(?:bind\(\) to |socket\(\) \S{1,200} failed|still could not bind)/ }, // src/core/ngx_connection.c
  {
    kind: 'cert-load',
    start:
      /^(?:cannot load certificate|SSL_CTX_use_|SSL_CTX_load|SSL_load_client_CA|BIO_new_file\(|PEM_read_bio|d2i_|cannot load )/,
  },
  { kind: 'cert-load', start: /^(?:no "ssl_certificate|ngx_ssl_stapling|SSL_CTX_check_private_key)/ },
  { kind: 'cert-load', start: /^(?:SSL_use_(?:certificate|PrivateKey)|SSL_set0_chain)\("/ }, // read at a handshake, ngx_event_openssl.c
  { kind: 'module-load', start: /^(?:dlopen\(\) |dlsym\(\) |module "[^"]{1,200}" (?:version|is not binary))/ }, // src/core/nginx.c, ngx_module.c
  { kind: 'worker-exited-signal', start: /^(?:worker|cache (?:manager|loader)) process \d{1,10} exited on signal/ },
  { kind: 'worker-exited', start: /^(?:worker|cache (?:manager|loader)) process \d{1,10} exited with fatal code/ },
  { kind: 'zone-locked', start: /^shared memory zone "[^"]{1,100}" was locked by/ }, // src/os/unix/ngx_process.c
  {
    kind: 'limiting',
    start: /^(?:limiting (?:requests|connections)|delaying request|could not allocate node in limit_)/,
  }, // ngx_http_limit_req_module.c
  { kind: 'body-too-large', start: /^client intended to send too large/ }, // ngx_http_core_module.c
  { kind: 'client-closed', start: /^(?:(?:epoll_wait|kevent)\(\) reported that )?client (?:prematurely )?closed/ }, // ngx_http_upstream.c
  { kind: 'client-fault', start: /^client (?:sent|timed out|SSL certificate)/ }, // ngx_http_request.c
  { kind: 'client-fault', start: /^(?:user "|no user\/password was provided)/ }, // a wrong password, ngx_http_auth_basic_module.c
  { kind: 'rewrite-cycle', start: /^rewrite or internal redirection cycle/ }, // ngx_http_core_module.c
  {
    kind: 'primary-script-unknown',
    start: /^FastCGI sent in stderr: "(?:PHP message: )?(?:Primary script unknown|Unable to open primary script)/,
  },
  { kind: 'script-denied', start: /^FastCGI sent in stderr: "(?:PHP message: )?Access to the script / },
  { kind: 'fastcgi-stderr', start: /^FastCGI sent in stderr/ }, // ngx_http_fastcgi_module.c
  { kind: 'auth-request', start: /^auth request unexpected status/ }, // ngx_http_auth_request_module.c
  { kind: 'forbidden', start: /^(?:access forbidden by rule|directory index of )/ },
  { kind: 'open-failed', start: /^(?:open|stat|lstat|opendir|mkdir|rename|unlink|chown|chmod|fstat|openat)\(\)? ?"/ },
  { kind: 'open-failed', start: /^(?:chown|chmod|mkdir|chdir)\("/ }, // src/core/ngx_file.c, ngx_cycle.c
  { kind: 'open-failed', start: /^"\// }, // "PATH" is not found, is forbidden: ngx_http_index_module.c, ngx_http_autoindex_module.c
  {
    kind: 'file-io-failed',
    start:
      /^(?:write|pwritev?|pwrite|read|pread|ftruncate|mmap)\(\S{0,20}\) (?:"|failed|has written|has read|read only)/,
  },
  { kind: 'signal-failed', start: /^(?:invalid PID number |kill\(\d{1,10}, \d{1,2}\) failed)/ }, // nginx -s, src/core/ngx_cycle.c
  { kind: 'user-unknown', start: /^get(?:pw|gr)nam\("/ }, // src/core/nginx.c
  { kind: 'out-of-memory', start: /^(?:malloc|posix_memalign|memalign|mmap)\(\S{1,30}\) failed/ },
  { kind: 'fork-failed', start: /^fork\(\) failed/ },
  { kind: 'temporarily-disabled', start: /^upstream server temporarily disabled/ },
  { kind: 'buffered-to-file', start: /^(?:an upstream response|a client request body) is buffered/ },
  {
    kind: 'directive-error',
    start:
      /^(?:unknown directive|unexpected |invalid |directive "|duplicate |"[a-z_0-9]{1,60}" directive|too long parameter)/,
    levels: ['emerg'],
  },
  {
    kind: 'directive-error',
    start: /^(?:could not build |no "?\w{1,60}"? |conflicting |a duplicate |the |unknown |zero size |not allowed)/,
    levels: ['emerg'],
  },
  // Not nginx's words: lines of its neighbours that people paste together with its own.
  {
    kind: 'kernel-oom',
    start:
      /^(?:Out of memory: Kill|Memory cgroup out of memory|oom-kill:|A process of this unit has been killed by the OOM)/,
  },
  { kind: 'conntrack-full', start: /^(?:nf_conntrack: ){1,2}table full/ }, // net/netfilter/nf_conntrack_core.c
  { kind: 'pool-full', start: /^\[pool [^\]]{1,100}\] (?:server reached (?:pm\.)?max_children|seems busy)/ }, // php-fpm
  { kind: 'worker-timeout', start: /^(?:WORKER TIMEOUT|\[pool [^\]]{1,100}\] child \d{1,10}, script )/ }, // gunicorn, php-fpm
  { kind: 'lua', start: /^\[lua\] |^lua / },
] as const

/** Which kind of message an entry is, by its beginning alone. */
export function kindOf(line: Pick<ErrorLine, 'message' | 'errno' | 'level' | 'config'>): MessageKind {
  const text = line.message.slice(0, 400)
  for (const entry of CATALOGUE) {
    if ('errno' in entry && !entry.errno.some((errno) => errno === line.errno)) continue
    if ('levels' in entry && !(line.level === 'emerg' || line.config !== null)) continue
    if (entry.start.test(text)) return entry.kind
  }
  return line.config === null && line.level !== 'emerg' ? 'other' : 'directive-error'
}
