import { readFile } from 'node:fs/promises'
import { type Verified, verifyText } from './chain.ts'

/** Checks one audit file; rejects only when it cannot be read. A tail that was cut off whole is seen only by comparing heads. */
export async function verify(file: string): Promise<Verified> {
  return verifyText(await readFile(file, 'utf8'))
}
