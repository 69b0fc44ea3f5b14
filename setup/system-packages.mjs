import { distribution, findProgram, quietly, rootPrefix } from './programs.mjs'
import { agreed, someoneIsThere } from './question.mjs'
import { step } from './steps.mjs'

/**
 * Installs Debian packages without letting them start a service: while apt runs, a policy-rc.d that forbids it (Debian policy
 * 9.3.3.1) stands in for the machine's own, unless the machine has one. Missing or outdated package lists are fetched once.
 */
const aptScript = `
set -u
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' >"$policy" && chmod 755 "$policy"
fi
install() {
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 install -y --no-install-recommends "$@"
}
install "$@" && exit 0
apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 update
install "$@"
`

/** What installs packages here: { name, command(packages), install(packages) }, or null when nothing does without a password. */
export function packageInstaller() {
  const prefix = rootPrefix()
  if (findProgram('apt-get') !== null && prefix !== null) {
    const shown = [...prefix.map((word) => word.replace(/^.*\//, '')), 'apt-get', 'install', '-y']
    return {
      name: 'apt-get',
      command: (packages) => [...shown, ...packages].join(' '),
      install: (packages) => quietly([...prefix, 'sh', '-c', aptScript, 'sh', ...packages]),
    }
  }
  const brew = findProgram('brew')
  if (brew === null) return null
  return {
    name: 'brew',
    command: (packages) => ['brew', 'install', ...packages].join(' '),
    install: (packages) => quietly([brew, 'install', ...packages]),
  }
}

/**
 * Installs packages: on a terminal after the command was shown and agreed to, without one (or with --yes) at once.
 * Answers false when a person said no.
 */
export async function installPackages(installer, subject, packages, { yes }) {
  const command = installer.command(packages)
  if (!yes && someoneIsThere()) {
    step(subject, `missing; this would install it: ${command}`)
    if (!(await agreed('  Run it?'))) return false
  } else {
    step(subject, `missing, installing: ${command}`)
  }
  await installer.install(packages)
  return true
}

/** Keeps the services of a package that was just installed from starting at the next boot, and stops one that started. */
export async function keepServicesOff(units) {
  const prefix = rootPrefix()
  const systemctl = findProgram('systemctl')
  const helper = findProgram('deb-systemd-helper') // what Debian's packages enable units with where systemd is not installed
  if (prefix === null || (systemctl ?? helper) === null) return
  for (const unit of units) {
    const disable = systemctl === null ? [helper, 'disable', unit] : [systemctl, 'disable', '--now', unit]
    // Fails where the package brings no such unit (ssh.socket on Debian 12): then there is nothing to keep off.
    await quietly([...prefix, ...disable]).catch(() => {})
  }
}

/** True where the browser test and the lab can be set up: Debian itself, as root. */
export function isDebianAsRoot() {
  return distribution() === 'debian' && rootPrefix()?.length === 0
}
