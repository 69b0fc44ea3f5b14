import { CommandFailedError } from './command.ts'
import type { LabHost } from './host-handle.ts'

/**
 * Installs a sudoers file on a host, under /etc/sudoers.d, after visudo on that host has accepted it; a file it refuses
 * is not installed, as it would break sudo for everybody, and its words are the error.
 */
export async function installSudoers(host: Pick<LabHost, 'exec'>, text: string): Promise<void> {
  const encoded = Buffer.from(text).toString('base64')
  const script = `
set -eu
umask 0337
draft=$(mktemp -p /run)
trap 'rm -f "$draft"' EXIT
base64 -d >"$draft" <<<'${encoded}'
visudo -c -f "$draft"
install -o root -g root -m 0440 "$draft" /etc/sudoers.d/gatemedic`
  const ran = await host.exec(script)
  if (ran.exitCode !== 0) throw new CommandFailedError(['installing the sudoers file'], ran)
}
