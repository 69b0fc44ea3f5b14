import { audit } from './audit.ts'
import type { Command } from './command.ts'
import { diagnose } from './diagnose.ts'
import { explain } from './explain.ts'
import { freeze } from './freeze.ts'
import { freezes } from './freezes.ts'
import { helpFor } from './help.ts'
import { history } from './history.ts'
import { hosts } from './hosts.ts'
import { mute } from './mute.ts'
import { reviews } from './reviews.ts'
import { status } from './status.ts'
import { unfreeze } from './unfreeze.ts'
import { unmute } from './unmute.ts'
import { unwatch } from './unwatch.ts'
import { watch } from './watch.ts'

const all: readonly Command[] = [
  diagnose,
  explain,
  hosts,
  freeze,
  unfreeze,
  freezes,
  mute,
  unmute,
  status,
  audit,
  history,
  watch,
  unwatch,
  reviews,
]

/** Every verb behind /nginx, in the order of help and of the usage hint in manifest.yml. */
export const commands: readonly Command[] = [...all, helpFor(all)]
