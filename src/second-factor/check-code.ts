import type { Logger } from '../log.ts'
import { readSecrets } from './secret-file.ts'
import { stepOf } from './totp.ts'
import { lockSeconds, mostWrong, type Tries } from './tries.ts'

export type Checked = { readonly ok: true } | { readonly ok: false; readonly because: string }

export interface CheckParts {
  /** Read at each check, so that who is enrolled or taken out counts at once. */
  readonly file: string
  readonly tries: Tries
  /** Hears of every code that was not accepted. */
  readonly noteWrong: (userId: string, because: string) => Promise<void>
  readonly log: Pick<Logger, 'error'>
  readonly now: () => Date
}

/** Whether this is a code of this person that was not used before. Never rejects: what cannot be checked is refused. */
export async function checkCode(parts: CheckParts, userId: string, typed: string): Promise<Checked> {
  try {
    const checked = await judge(parts, userId, typed)
    if (!checked.ok) await parts.noteWrong(userId, checked.because)
    return checked
  } catch (error) {
    parts.log.error({ err: error }, 'a code of a second factor could not be checked')
    return { ok: false, because: 'The code could not be checked just now. Try again in a minute.' }
  }
}

async function judge({ file, now, tries }: CheckParts, userId: string, typed: string): Promise<Checked> {
  const secret = (await readSecrets(file)).get(userId)
  if (secret === undefined) return { ok: false, because: 'No second factor is enrolled for you.' }
  if (!(await tries.begin(userId, now())))
    return { ok: false, because: `${mostWrong} wrong codes: locked for ${lockSeconds / 60} minutes.` }
  const step = stepOf(secret, typed.replaceAll(/\s/g, ''), now())
  if (step === null) return { ok: false, because: 'That is not the code of this moment.' }
  return (await tries.use(userId, step))
    ? { ok: true }
    : { ok: false, because: 'That code was used already. Wait for the next one.' }
}

export async function isEnrolled({ file, log }: Pick<CheckParts, 'file' | 'log'>, userId: string): Promise<boolean> {
  try {
    return (await readSecrets(file)).has(userId)
  } catch (error) {
    // Nobody gets past a file that cannot be read: a check refuses.
    log.error({ err: error }, 'the file of second factors cannot be used')
    return false
  }
}
