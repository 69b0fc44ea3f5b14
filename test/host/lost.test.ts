import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import type { HostConnection } from '../../src/host/connection.ts'
import { noOpenSsh, type OpenSshd, startOpenSshd } from '../support/open-sshd.ts'
import { inventoryOf } from '../support/ssh-host.ts'
import { question } from './question.ts'

describe.skipIf(noOpenSsh)(
  `a real sshd that goes away in a round${noOpenSsh ? ` (left out: ${noOpenSsh})` : ''}`,
  () => {
    let sshd: OpenSshd
    let connection: HostConnection
    beforeEach(async () => {
      sshd = await startOpenSshd()
      const { port, user, identityFile, hostKeys } = sshd
      const inventory = inventoryOf({ port, user, identityFile, hostKey: hostKeys.ed25519 })
      connection = await connect('web-1', inventory, { budgetMs: 8000 })
    })
    afterEach(async () => {
      connection.close()
      await sshd.stop()
    })

    const questions = [question('a', 'echo 1'), question('b', 'sleep 5', { seconds: 20 }), question('c', 'echo 3')]

    async function round(seconds: number, signal: NodeJS.Signals) {
      const pids = await sshd.sessions()
      const onCapture = () => pids.forEach((pid) => process.kill(pid, signal))
      const captures = await collect(connection, questions, { host: 'web-1', seconds, onCapture })
      if (signal === 'SIGSTOP') for (const pid of pids) process.kill(pid, 'SIGKILL')
      return captures
    }

    it('leaves what came so far when its process is killed', async () => {
      const captures = await round(20, 'SIGKILL')

      expect(captures[0]).toMatchObject({ exitCode: 0, stdout: '1\n' })
      expect(captures[1]).toMatchObject({ exitCode: null, notRun: 'cut off: connection to web-1 lost' })
      expect(captures[2]).toMatchObject({ exitCode: null, notRun: 'connection to web-1 lost' })
    })

    it('does not hold the round beyond its time when it hangs', async () => {
      const captures = await round(1, 'SIGSTOP')

      expect(captures[0]).toMatchObject({ exitCode: 0, stdout: '1\n' })
      expect(captures[1]).toMatchObject({
        exitCode: null,
        notRun: expect.stringContaining("no answer within the round's 1 s"),
      })
    })
  },
)
