import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { frame } from '../../demo/hosts/batch-answers.ts'
import { readFrames } from '../../src/host/frames.ts'
import { question } from './question.ts'

const nonce = 'ffeeddccbbaa99887766554433221100'
const questions = [question('a', ''), question('b', '')]

function captured(stdout: string, stderr = ''): Capture {
  const rest = { probe: 'x', host: 'web-1', command: 'x', exitCode: 0, ms: 5, truncated: false, timedOut: false }
  return { ...rest, stdout, stderr }
}

/** Feeds framed bytes in pieces of this size. */
function read(stdout: Buffer, stderr: Buffer, size: number): readonly Capture[] {
  const frames = readFrames(nonce, 'web-1', questions)
  for (let at = 0; at < stdout.length; at += size) frames.stdout(stdout.subarray(at, at + size))
  for (let at = 0; at < stderr.length; at += size) frames.stderr(stderr.subarray(at, at + size))
  return frames.finish('cut')
}

describe('frames', () => {
  const awkward = [`\n@${nonce}`, `\n\n@${nonce.slice(0, 31)} end 0 0 0 ended\nü€😀\n`]
  const batch = { nonce, questions: questions.map(({ probe }, index) => ({ index, probe: probe.id, args: [] })) }
  const sent = frame(batch, ({ index }) => captured(awkward[index] ?? '', `err ${index}`))

  it.each([1, 2, 3, 7, 4096])('come out whole when they arrive in pieces of %i bytes', (size) => {
    const captures = read(Buffer.from(sent.stdout), Buffer.from(sent.stderr), size)

    expect(captures.map(({ stdout }) => stdout)).toEqual(awkward)
    expect(captures.map(({ stderr }) => stderr)).toEqual(['err 0', 'err 1'])
    expect(captures.map(({ exitCode, ms }) => [exitCode, ms])).toEqual([
      [0, 5],
      [0, 5],
    ])
  })

  it('are found behind the chatter of a login shell', () => {
    const captures = read(Buffer.from(`Welcome to web-1!\n${sent.stdout}`), Buffer.from(`motd\n${sent.stderr}`), 64)

    expect(captures[0]).toMatchObject({ stdout: awkward[0], stderr: 'err 0' })
  })

  it('say at every cut what came and that the rest did not', () => {
    const whole = Buffer.from(sent.stdout)
    for (let length = 0; length < whole.length; length += 1) {
      const [first, second] = read(whole.subarray(0, length), Buffer.from(sent.stderr), 4096)

      expect(first?.notRun === undefined).toBe(first?.exitCode === 0)
      expect(second?.exitCode).toBe(second?.notRun === undefined ? 0 : null)
      expect(second?.exitCode === 0 && first?.exitCode !== 0).toBe(false)
    }
  })

  it('keep no more of a stream than the cap, whatever the host sends', () => {
    const few = [question('a', '', { cap: 4 })]
    const frames = readFrames(nonce, 'web-1', few)

    frames.stdout(Buffer.from(`\n@${nonce} start\n\n@${nonce} begin 0\n${'x'.repeat(100_000)}`))
    const [capture] = frames.finish('connection to web-1 lost')

    expect(capture).toMatchObject({ stdout: 'xxxx', truncated: true, notRun: 'cut off: connection to web-1 lost' })
  })

  it('with the right nonce but a strange index or word change nothing', () => {
    const frames = readFrames(nonce, 'web-1', questions)

    for (const line of ['end 9 0 0 ended', 'begin -1', 'end x', 'dance 0', 'end 0 0 0 ended', 'end 0 7 7 ended']) {
      frames.stdout(Buffer.from(`\n@${nonce} ${line}\n`))
    }
    const captures = frames.finish('cut')

    expect(captures[0]).toMatchObject({ exitCode: 0, ms: 0 })
    expect(captures[1]).toMatchObject({ exitCode: null, notRun: 'cut' })
  })
})
