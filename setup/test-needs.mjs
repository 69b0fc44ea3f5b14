import { findProgram } from './programs.mjs'
import { step } from './steps.mjs'
import { installPackages, isDebianAsRoot, keepServicesOff, packageInstaller } from './system-packages.mjs'

/** What the browser test and the lab need beyond npm, as Debian packages: program looked for, package that brings it. */
const wanted = [
  { program: 'chromium', packages: ['chromium', 'fonts-liberation'], why: 'the browser test' },
  { program: 'systemd-nspawn', packages: ['systemd-container'], why: 'lab hosts' },
  { program: 'debootstrap', packages: ['debootstrap'], why: 'lab hosts' },
  { program: 'ip', packages: ['iproute2'], why: 'lab hosts' },
  { program: 'ssh-keygen', packages: ['openssh-client'], why: 'SSH tests' },
  { program: 'sshd', packages: ['openssh-server'], why: 'SSH tests', units: ['ssh.service', 'ssh.socket'] },
]

/** Installs what is missing for the whole test run where that is possible, and says plainly what is left out elsewhere. */
export async function installTestNeeds({ yes }) {
  const missing = wanted.filter(({ program }) => findProgram(program) === null)
  if (missing.length === 0) return step('test needs', 'browser, SSH server and lab tools are here')
  const installer = packageInstaller()
  if (!isDebianAsRoot() || installer === null) return sayLeftOut(missing)
  const packages = missing.flatMap((need) => need.packages)
  if (!(await installPackages(installer, 'test needs', packages, { yes }))) return sayLeftOut(missing)
  await keepServicesOff(missing.flatMap((need) => need.units ?? []))
  step('test needs', `${packages.join(', ')} installed; no service was started`)
}

function sayLeftOut(missing) {
  for (const why of new Set(missing.map((need) => need.why))) {
    const programs = missing.filter((need) => need.why === why).map((need) => need.program)
    step('left out', `${why}: no ${programs.join(', ')} here (installed by itself only as root on Debian)`)
  }
}
