import type { Command } from './command.ts'
import { diagnose } from './diagnose.ts'
import { explain } from './explain.ts'
import { helpFor } from './help.ts'
import { hosts } from './hosts.ts'

/** Every verb behind /nginx, in the order of help and of the usage hint in manifest.yml. */
export const commands: readonly Command[] = [diagnose, explain, hosts, helpFor([diagnose, explain, hosts])]
