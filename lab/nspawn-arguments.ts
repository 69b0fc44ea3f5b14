import { existsSync } from 'node:fs'

export interface NspawnRequest {
  readonly root: string
  readonly machine: string
  readonly hostname: string
  readonly interfaceName: string
  /** tmpfiles.d lines for the host's own init to apply. */
  readonly hostFiles: string
}

/** Arguments of systemd-nspawn(1) for a throw-away host: what it writes lives in memory and goes with it. */
export function nspawnArguments(request: NspawnRequest): readonly string[] {
  return [
    '--quiet',
    '--boot',
    `--directory=${request.root}`,
    `--machine=${request.machine}`,
    `--hostname=${request.hostname}`,
    '--register=no',
    // Where systemd runs this machine it makes a scope for the host; elsewhere there is nobody to make one.
    ...(existsSync('/run/systemd/system') ? [] : ['--keep-unit']),
    '--volatile=overlay',
    '--resolv-conf=off',
    '--timezone=off',
    '--link-journal=no',
    '--console=read-only',
    `--network-veth-extra=${request.interfaceName}:eth0`,
    `--load-credential=tmpfiles.extra:${request.hostFiles}`,
  ]
}
