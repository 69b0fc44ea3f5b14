import type { CauseId } from '../diagnosis/cause.ts'

/** The next thing to look at, for a person with a shell. Words in capitals are to be filled in: no text of a log line gets into a command. */
export interface SettlingQuestion {
  readonly command: string
  /** What its answer tells. */
  readonly tells: string
}

const LISTENERS: SettlingQuestion = {
  command: 'ss -ltnp',
  tells: 'whether anything listens on the port that the line names, on which address, and which program',
}
const JOURNAL: SettlingQuestion = {
  command: 'journalctl -u UNIT --since -30min',
  tells: "what the backend's own log says at that time: a crash, a kill, a restart, an error of the application",
}
const DIRECT: SettlingQuestion = {
  command: "curl -o /dev/null -w '%{http_code} after %{time_total} s\\n' http://UPSTREAM/",
  tells: 'whether the backend answers a request that does not go through nginx, and after how long',
}
const UNIX: SettlingQuestion = {
  command: 'ss -xlp',
  tells: 'whether a program listens on that socket, or only a file is left of it',
}
const TLS: SettlingQuestion = {
  command: 'openssl s_client -connect UPSTREAM -servername NAME </dev/null',
  tells: 'whether the handshake works with that name and not without, and which certificate is shown',
}
const PATH: SettlingQuestion = {
  command: 'namei -l PATH',
  tells: 'which part of the path the worker may not enter, read or write',
}
const TEST: SettlingQuestion = {
  command: 'nginx -t',
  tells: 'whether the configuration on disk is accepted, and the line that is not',
}
const OPEN_FILES: SettlingQuestion = {
  command: "grep 'open files' /proc/PID/limits; ls /proc/PID/fd | wc -l",
  tells: 'how many descriptors the process may have, and has',
}
const KERNEL: SettlingQuestion = {
  command: 'journalctl -k --since -30min',
  tells: 'what the kernel did at that time: killed for memory, a segfault, an error of a disk, a full table',
}
const NAMES: SettlingQuestion = {
  command: 'getent ahosts NAME',
  tells: 'what the name of the upstream resolves to now, beside the address in the line',
}

const BY_CAUSE: Readonly<Partial<Record<CauseId, SettlingQuestion>>> = {
  'backend-down': LISTENERS,
  'backend-wrong-port': LISTENERS,
  'listen-address-mismatch': LISTENERS,
  'port-in-use': LISTENERS,
  'bind-privilege': LISTENERS,
  'socket-stale': UNIX,
  'socket-missing': UNIX,
  'socket-permission': PATH,
  'path-permission': PATH,
  'temp-path-permission': PATH,
  'pid-path-missing': PATH,
  'script-not-found': PATH,
  'mac-denied': {
    command: 'ausearch -m AVC -ts recent',
    tells: 'what SELinux denied; with AppArmor the kernel log says it',
  },
  'upstream-address-stale': NAMES,
  'dns-failure': NAMES,
  'host-unreachable': {
    command: 'ip route get ADDRESS; ip neigh',
    tells: 'whether there is a way to that address, and whether its neighbour answers',
  },
  'firewall-blocked': {
    command: 'nft list ruleset',
    tells: 'whether a rule drops or rejects that port, with its counter; ask on the host of the backend too',
  },
  'port-exhaustion': {
    command: 'ss -s; sysctl net.ipv4.ip_local_port_range',
    tells: 'how many connections wait in TIME-WAIT, and how many ports there are',
  },
  'proxy-bind-invalid': { command: 'ip -br addr', tells: 'whether this host has the address of proxy_bind' },
  'conntrack-full': {
    command: 'sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
    tells: 'whether the table of connections is full',
  },
  'backend-slow': DIRECT,
  'backend-hung': DIRECT,
  'timeout-too-low': DIRECT,
  'backend-saturated': {
    command: 'ss -ltn',
    tells: 'whether the accept queue of the backend is full: Recv-Q at its Send-Q',
  },
  'keepalive-race': JOURNAL,
  'backend-crashed': JOURNAL,
  'backend-killed-by-timeout': JOURNAL,
  'app-error': JOURNAL,
  'backend-dependency-down': JOURNAL,
  'backend-oom-killed': KERNEL,
  'nginx-worker-crash': KERNEL,
  'disk-error': KERNEL,
  'host-overloaded': {
    command: 'uptime; cat /proc/pressure/cpu /proc/pressure/memory /proc/pressure/io',
    tells: 'whether the whole host is short of something',
  },
  'disk-full': { command: 'df -h; df -i', tells: 'which file system has no space, or no inodes' },
  'worker-connections': OPEN_FILES,
  'fd-limit': OPEN_FILES,
  'protocol-mismatch': { command: 'curl -v http://UPSTREAM/', tells: 'which protocol the listener speaks' },
  'invalid-response': { command: 'curl -i http://UPSTREAM/', tells: 'which header of the answer nginx does not take' },
  'response-header-too-big': {
    command: 'curl -sI http://UPSTREAM/ | wc -c',
    tells: 'how big the header of the answer is, beside the buffer',
  },
  'upstream-tls-sni': TLS,
  'upstream-tls-verify': TLS,
  'upstream-tls-protocol': TLS,
  'websocket-headers-missing': {
    command: 'nginx -T',
    tells: 'whether the location sends Upgrade and Connection, with HTTP/1.1',
  },
  'no-live-upstreams': {
    command: "grep -v 'no live upstreams' /var/log/nginx/error.log | tail",
    tells: 'the errors before it, which name the peer and what failed',
  },
  'auth-request-failed': {
    command: 'grep subrequest: /var/log/nginx/error.log | tail',
    tells: 'which upstream the subrequest failed at',
  },
  'config-invalid': TEST,
  'module-incompatible': TEST,
  'cert-missing': TEST,
  'cert-key-mismatch': TEST,
  'nginx-down': { command: 'systemctl status nginx', tells: 'whether it runs, since when not, and what it said last' },
}

/** What would tell the candidates apart, by the one that fits best; null for noise, and where the line says it all. */
export function settlingQuestion(causes: readonly CauseId[]): SettlingQuestion | null {
  const first = causes[0]
  return first === undefined ? null : (BY_CAUSE[first] ?? null)
}
