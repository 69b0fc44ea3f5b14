/** What answers behind the shop. README.md says what each one is for. */
export const backendKinds = [
  'gunicorn',
  'gunicorn-unix',
  'template',
  'socket-activated',
  'uwsgi',
  'uwsgi-unix',
  'node',
  'apache',
  'plain',
  'php-tcp',
  'grpc',
] as const

export type BackendKind = (typeof backendKinds)[number]

/** Speak HTTP over TCP: what a fault is written for that says nothing about kinds. */
export const usualKinds: readonly BackendKind[] = ['gunicorn', 'template', 'node', 'plain']

/** The prefix of nginx's pass directive. */
export type Protocol = 'proxy' | 'fastcgi' | 'uwsgi' | 'grpc'

export function protocolOf(kind: BackendKind): Protocol {
  if (kind === 'php-tcp') return 'fastcgi'
  if (kind === 'uwsgi' || kind === 'uwsgi-unix') return 'uwsgi'
  return kind === 'grpc' ? 'grpc' : 'proxy'
}

export function overUnixSocket(kind: BackendKind): boolean {
  return kind === 'gunicorn-unix' || kind === 'uwsgi-unix'
}
