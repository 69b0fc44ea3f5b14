import { step } from './steps.mjs'
import { findProgram } from './programs.mjs'
import { isDebianAsRoot } from './system-packages.mjs'

/**
 * Decides whether the tests on lab hosts run, and answers the environment that tells them so: GATEMEDIC_LAB is "required" when
 * leaving them out would hide a failure (CI), "off" where they cannot run, else not set: they look for themselves.
 */
export async function prepareLab() {
  if (!isDebianAsRoot() || findProgram('systemd-nspawn') === null) {
    step(
      'lab hosts',
      'left out: they need root on Debian with systemd-nspawn; the same faults are tested from recordings',
    )
    return { GATEMEDIC_LAB: 'off' }
  }
  if (process.env.CI === undefined || process.env.CI === 'false') return {}
  step('lab hosts', 'required here, because this is CI')
  return { GATEMEDIC_LAB: 'required' }
}
