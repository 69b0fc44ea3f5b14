/**
 * cause: the root of a failure. symptom: true, but another cause explains it. latent: a mistake that has not hurt yet.
 * notice: not a gateway fault, said so plainly.
 */
export type Kind = 'cause' | 'symptom' | 'latent' | 'notice'

interface CauseEntry {
  readonly kind: Kind
  /** What is true on the host, in a few words that fit behind "looks like:". */
  readonly title: string
}

/** Every cause this product can name. Ids are public and stable: they appear in JSON, Slack, audit and dashboards. */
export const causes = {
  'backend-down': { kind: 'cause', title: 'the backend is down' },
  'backend-wrong-port': { kind: 'cause', title: 'the backend listens somewhere else' },
  'listen-address-mismatch': { kind: 'cause', title: 'right port, wrong address' },
  'upstream-address-stale': { kind: 'cause', title: 'nginx uses an old address of the upstream name' },
  'socket-missing': { kind: 'cause', title: 'the unix socket does not exist' },
  'socket-stale': { kind: 'cause', title: 'the unix socket has no listener' },
  'socket-permission': { kind: 'cause', title: 'nginx may not use the unix socket' },
  'mac-denied': { kind: 'cause', title: 'SELinux or AppArmor refuses it' },
  'backend-saturated': { kind: 'cause', title: 'the backend has no free worker' },
  'firewall-blocked': { kind: 'cause', title: 'a firewall rule blocks the backend' },
  'host-unreachable': { kind: 'cause', title: 'no path to the backend host' },
  'port-exhaustion': { kind: 'cause', title: 'no free local port to the upstream' },
  'proxy-bind-invalid': { kind: 'cause', title: 'proxy_bind names an address this host does not have' },
  'dns-failure': { kind: 'cause', title: 'a name does not resolve' },
  'proxy-loop': { kind: 'cause', title: 'nginx proxies to itself' },
  'no-live-upstreams': { kind: 'symptom', title: 'every peer of the upstream is marked failed' },
  'backend-slow': { kind: 'cause', title: 'the backend answers too late' },
  'backend-hung': { kind: 'cause', title: 'the backend answers nothing' },
  'timeout-too-low': { kind: 'cause', title: 'the time-out is too short for this location' },
  'backend-crashed': { kind: 'cause', title: 'the backend dies while serving' },
  'backend-killed-by-timeout': { kind: 'cause', title: 'the backend kills its own slow workers' },
  'backend-oom-killed': { kind: 'cause', title: 'the backend was killed for memory' },
  'keepalive-race': { kind: 'cause', title: 'the backend closes idle connections first' },
  'websocket-headers-missing': { kind: 'cause', title: 'the websocket location lacks its headers' },
  'response-header-too-big': { kind: 'cause', title: 'the response header exceeds the buffer' },
  'invalid-response': { kind: 'cause', title: 'the backend sends a header nginx rejects' },
  'protocol-mismatch': { kind: 'cause', title: 'nginx and the backend speak different protocols' },
  'script-not-found': { kind: 'cause', title: 'the FastCGI script does not exist' },
  'app-error': { kind: 'cause', title: 'the application itself fails' },
  'auth-request-failed': { kind: 'cause', title: 'the auth_request subrequest fails' },
  'configured-error': { kind: 'cause', title: 'the configuration answers 5xx itself' },
  'backend-dependency-down': { kind: 'cause', title: 'something the backend needs is down' },
  'upstream-tls-sni': { kind: 'cause', title: 'the backend needs SNI' },
  'upstream-tls-verify': { kind: 'cause', title: "the backend's certificate is rejected" },
  'upstream-tls-protocol': { kind: 'cause', title: 'no TLS version in common with the backend' },
  'worker-connections': { kind: 'cause', title: 'worker_connections is too small' },
  'limit-zone-full': { kind: 'cause', title: 'the zone of a limit has no room' },
  'fd-limit': { kind: 'cause', title: 'out of file descriptors' },
  'disk-full': { kind: 'cause', title: 'no space or inodes left' },
  'disk-error': { kind: 'cause', title: 'the file system is read-only or failing' },
  'temp-path-permission': { kind: 'cause', title: 'workers may not write their temp directory' },
  'host-overloaded': { kind: 'cause', title: 'the host is overloaded' },
  'conntrack-full': { kind: 'cause', title: 'the connection tracking table is full' },
  'nginx-worker-crash': { kind: 'cause', title: 'nginx workers crash' },
  'nginx-down': { kind: 'cause', title: 'nginx is stopped' },
  'config-invalid': { kind: 'cause', title: 'the configuration does not pass nginx -t' },
  'config-not-reloaded': { kind: 'cause', title: 'nginx still runs an older configuration' },
  'port-in-use': { kind: 'cause', title: 'another process holds the listen address' },
  'bind-privilege': { kind: 'cause', title: 'nginx may not bind the listen address' },
  'cert-missing': { kind: 'cause', title: 'a certificate or key is missing' },
  'cert-key-mismatch': { kind: 'cause', title: 'certificate and key do not match' },
  'cert-expired': { kind: 'cause', title: 'a served certificate has expired' },
  'module-incompatible': { kind: 'cause', title: 'a module does not fit this nginx' },
  'pid-path-missing': { kind: 'cause', title: 'the pid file cannot be written' },
  'keepalive-ineffective': { kind: 'latent', title: 'upstream keepalive has no effect' },
  'proxy-pass-path': { kind: 'latent', title: 'proxy_pass rewrites the path' },
  'client-body-too-large': { kind: 'notice', title: 'a client sent too much' },
  'client-gave-up': { kind: 'notice', title: 'clients close before the answer' },
  'rate-limited': { kind: 'notice', title: 'rate limiting refuses requests' },
  'redirect-cycle': { kind: 'notice', title: 'an internal redirect loops' },
  'path-permission': { kind: 'notice', title: 'nginx may not read a served path' },
} as const satisfies Record<string, CauseEntry>

export type CauseId = keyof typeof causes
