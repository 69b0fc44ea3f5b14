import type { BackendUnits } from '../probes/backend-units.ts'

/**
 * Where a process that only passes connections on sends them, read from its command line: docker-proxy, socat, systemd-socket-proxyd.
 * null for anything else: haproxy, envoy and the like say it in files of their own.
 */
export function forwardTarget(
  pid: number,
  backend: BackendUnits,
): { readonly target: string; readonly text: string } | null {
  const text = backend.ties.find((tie) => tie.endpoint === `pid:${pid}` && tie.kind === 'process')?.text ?? ''
  const target = dockerTarget(text) ?? socatTarget(text) ?? proxydTarget(text)
  return target === null ? null : { target, text }
}

function dockerTarget(text: string): string | null {
  const found = /docker-proxy\b.* -container-ip (\S+) -container-port (\d+)/.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}

function socatTarget(text: string): string | null {
  const found = /\bsocat\b.* TCP[46]?(?:-CONNECT)?:([\w.-]+):(\d+)/i.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}

function proxydTarget(text: string): string | null {
  const found = /\bsystemd-socket-proxyd\b.* ([\w.-]+):(\d+)\s*$/.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}
