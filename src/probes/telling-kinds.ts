/**
 * What a line in a backend's own log tells; the first kind that matches wins. Patterns are extended expressions that awk and JavaScript
 * read alike, without single quotes and intervals: the host keeps the lines that match any of them, the parser says which. They see the
 * message without the stamp and level that its logger puts in front (`loggerPrefix`), so `^` is where the program itself begins to speak.
 */
const patterns = [
  // systemd 252: src/core/service.c, unit.c
  {
    kind: 'oom-killed',
    pattern: '^[^ ]+: (A process of this unit has been killed by the OOM|Failed with result .oom-kill)',
  },
  { kind: 'watchdog', pattern: '^[^ ]+: (Watchdog timeout|Failed with result .watchdog)' },
  { kind: 'runtime-limit', pattern: '^[^ ]+: (Service|Scope) reached runtime time limit' },
  { kind: 'main-killed', pattern: '^[^ ]+: Main process exited, code=(killed|dumped)' },
  { kind: 'main-exited', pattern: '^[^ ]+: Main process exited, code=exited' },
  { kind: 'signalled', pattern: '^[^ ]+: Sending signal SIG[A-Z0-9]+ to .* on client request' },
  { kind: 'restarted', pattern: '^[^ ]+: Scheduled restart job' },
  { kind: 'failed', pattern: '^[^ ]+: (Failed with result|Start request repeated too quickly)' },
  // earlyoom 1.7 (kill.c): `sending SIGTERM to process 812 uid 998 "python3": badness 966, VmRSS 1204 MiB`
  { kind: 'guard-killed', pattern: '^sending SIG(TERM|KILL) to process [0-9]+ uid ' },
  // gunicorn 20 (arbiter.py), php-fpm 8 (fpm_process_ctl.c), uWSGI 2.0 (core/master_checks.c), unicorn, puma; a master of one's own, in words
  {
    kind: 'worker-timeout',
    pattern:
      '^WORKER TIMEOUT \\(pid:|^\\[pool [^]]+\\] child [0-9]+, script .* execution timed out|HARAKIRI (ON|!|triggered)|^worker=[0-9]+ PID:[0-9]+ timeout \\(|^! Terminating timed out worker|[Ww]orker[ :#(].*(timed out|timeout|took too long).*(SIGKILL|SIGTERM|SIGABRT|[Kk]illing|[Kk]illed|[Tt]erminating (it|the worker|the process))',
  },
  { kind: 'worker-slow', pattern: '^\\[pool [^]]+\\] child [0-9]+, script .* executing too slow' },
  // php-fpm (fpm_process_ctl.c), uWSGI (core/socket.c), Apache 2.4 (AH00161, AH00484, AH03490)
  {
    kind: 'pool-full',
    pattern:
      '^\\[pool [^]]+\\] server reached (pm[.])?max_children|^[*]+ uWSGI listen queue of socket .* full|server reached MaxRequestWorkers|scoreboard is full',
  },
  // gunicorn (arbiter.py), php-fpm (fpm_children.c), uWSGI (core/master.c), Apache (AH00051, AH00052)
  {
    kind: 'worker-died',
    pattern:
      '^Worker (\\(pid:[0-9]+\\) (was sent SIG|exited with code [1-9])|with pid [0-9]+ was terminated due to signal)|^\\[pool [^]]+\\] child [0-9]+ exited (on signal|with code [1-9])|^DAMN ! worker [0-9]+|child pid [0-9]+ exit signal|([Cc]hild|[Ww]orker|[Pp]rocess) (pid )?[0-9]+ (exited on signal|(was )?(killed|terminated) by signal)',
  },
  // What glibc, C++, Python's faulthandler, uWSGI and the Java runtime write before the end
  {
    kind: 'segfault',
    pattern:
      '^Segmentation fault|^(free|malloc|calloc|realloc|munmap_chunk|malloc_consolidate)[(][)]: |^corrupted (size|double-linked)|^terminate called (after|without)|^!+ uWSGI process [0-9]+ got Segmentation Fault|^Fatal Python error:|^Aborted|double free or corruption|^[*]+ stack smashing detected|^SIGSEGV: segmentation violation|A fatal error has been detected by the Java Runtime',
  },
  {
    kind: 'out-of-memory',
    pattern:
      'JavaScript heap out of memory|java[.]lang[.]OutOfMemoryError|(^|[^A-Za-z])MemoryError|Cannot allocate memory|Allowed memory size of [0-9]+ bytes exhausted',
  },
  // ENOSPC is also what the kernel says that has no semaphore, queue, shared segment or watch left: semget(2), msgget(2), shmget(2), inotify(7)
  {
    kind: 'kernel-table-full',
    pattern:
      '(inotify_|sem_?get|shm_?get|msg_?get|epoll_ctl)[^/]*(No space left on device|ENOSPC)|(No space left on device|ENOSPC)[^/]*(inotify|file watchers|, watch|[Ss]emaphore|[Mm]utex|epoll_ctl)',
  },
  // ENOSPC and EDQUOT; SQLITE_FULL has words of its own (sqlite.org/rescode.html), MySQL's too (errmsg-utf8.txt, 1021); Redis and
  // Elasticsearch refuse writes when they cannot save (redis.conf, stop-writes-on-bgsave-error; cluster.routing.allocation.disk.watermark)
  {
    kind: 'disk-full',
    pattern:
      'No space left on device|ENOSPC|Disk quota exceeded|database or disk is full|SQLITE_FULL|[Dd]isk full [(]|MISCONF .*(RDB|persist)|disk watermark.*exceeded|FORBIDDEN/12/index read-only',
  },
  { kind: 'read-only', pattern: 'Read-only file system|EROFS' },
  { kind: 'too-many-files', pattern: 'Too many open files|EMFILE' },
  { kind: 'address-in-use', pattern: '[Aa]ddress already in use|EADDRINUSE|Connection in use' },
  // Words of client libraries about a service that the backend needs
  {
    kind: 'dependency',
    pattern:
      'ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|SQLSTATE\\[(HY000|08)|[Cc]onnection refused|[Cc]ould(n.t| not) connect|[Ff]ailed to connect|[Cc]annot connect|Can.t connect to|[Nn]o route to host|[Nn]ame or service not known|[Nn]ame resolution|could not translate host name|[Uu]nknown .*server host|getaddrinfo|[Cc]onnection (to .* )?timed out|the database system is|[Tt]oo many connections|[Ss]erver has gone away|[Cc]onnection reset by peer',
  },
  // The process does not outlive these: Node.js (since 17 it names its version last), Go, Rust, Ruby
  {
    kind: 'uncaught',
    pattern:
      '^Node[.]js v[0-9]|^Uncaught |^panic: |^fatal error: |^thread .* panicked at|^Exception in thread "main"|^Unhandled exception',
  },
  // The last line of a stack trace, or the one line of a runtime that writes no more
  {
    kind: 'exception',
    pattern:
      'PHP (Fatal|Parse) error|^(Fatal|Parse) error:|^([A-Za-z_][A-Za-z_0-9]*[.:]+)*[A-Za-z_0-9]*(Error|Exception|Failure|Timeout)(:| |$)|^Exception in thread|UnhandledPromiseRejection|^([0-9]+/[0-9]+/[0-9]+ [0-9:.]+ )?http: panic serving ',
  },
  { kind: 'stack-trace', pattern: '^Traceback \\(most recent call last\\)' },
] as const

/** `error`: the program itself gave the line a level of error or worse (`levelPattern`), and no other kind knows its words. */
export type TellingKind = (typeof patterns)[number]['kind'] | 'error'

/** All of them, for awk on the host. */
export const tellingPattern = patterns.map(({ pattern }) => pattern).join('|')

const stamp = '(\\[?[0-9]+[-/][0-9]+[-/][0-9]+[ T][0-9:.,]+ ?(Z|[+-][0-9:]+)?\\]?:? +(\\[[0-9]+\\] )?)?'
const levels = '(ERROR|CRITICAL|FATAL|SEVERE|ALERT|EMERGENCY|PANIC)'

/**
 * The level of error or worse where loggers write it: at the start of the whole line, before anything that a client sent. Stamp and
 * word (Python's logging and Flask, gunicorn, Spring, slog, env_logger, java.util.logging), "app.ERROR: " (Monolog), "E, [...] ERROR -- "
 * (Ruby), "level=error" (logrus, slog), {"level":50 and {"level":"error" (pino, zap, winston), "fail: " (.NET), "E1121 14:04:50.1 7 a.go:9] "
 * (glog), "error: " (winston's simple form).
 */
export const levelPattern = [
  `^${stamp}(\\[|[(<])?${levels}(\\]|[)>])?( |:|$)`,
  `^${stamp}[A-Za-z_-]+[.]${levels}: `,
  '^[EF], \\[[^]]*\\] +(ERROR|FATAL) -- ',
  '^(time=[^ ]+ +)?level=(ERROR|error|FATAL|fatal|panic|critical)( |$)',
  '^[{]"level":("(error|fatal|critical|ERROR|FATAL|CRITICAL)"|[56]0)[,}]',
  '^(fail|crit): [A-Za-z]',
  '^[EF][0-9]+ [0-9:.]+ +[0-9]+ [^ ]+:[0-9]+\\] ',
  '^(error|fatal|critical): ',
].join('|')

/**
 * What loggers put in front of a message: gunicorn "[2026-11-21 14:04:50 +0000] [43] [INFO] ", php-fpm "[21-Nov-2026 14:04:50] WARNING: ",
 * uWSGI "Sat Nov 21 14:04:50 2026 - ", Python's and others' "2026-11-21 14:04:50,123 ERROR ".
 */
export const loggerPrefix =
  '^(\\[[^]]*[0-9]:[0-9][^]]*\\] (\\[[0-9]+\\] )?(\\[[A-Z]+\\] |[A-Z]+: )|[A-Z][a-z][a-z] [A-Z][a-z][a-z] +[0-9]+ [0-9:]+ [0-9]+ - |[0-9]+-[0-9]+-[0-9]+[ T][0-9:.,]+(Z|[+-][0-9:]+)? ((\\[?[A-Z]+\\]?:? (- )?))?)'

/** Lines of access logs: a client wrote most of them (gunicorn, Apache and the combined format; uWSGI; morgan). */
export const accessLine = 'HTTP/[0-9.]+" [1-5][0-9][0-9]|^\\[pid: [0-9]+\\||^(GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH) /'

function expression(pattern: string): RegExp {
  return new RegExp(pattern.replaceAll('[^]]', '[^\\]]'))
}

const compiled = patterns.map(({ kind, pattern }) => ({ kind, pattern: expression(pattern) }))
const prefix = expression(loggerPrefix)
const level = expression(levelPattern)

/** null for a line that this version does not know: it travels no further. */
export function tellingKindOf(message: string): TellingKind | null {
  const text = message.slice(0, 400).replace(prefix, '')
  return (
    compiled.find(({ pattern }) => pattern.test(text))?.kind ?? (level.test(message.slice(0, 200)) ? 'error' : null)
  )
}
