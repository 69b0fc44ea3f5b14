import { Command, Option } from 'commander'
import { labUsers } from './keys.ts'
import { backendKinds } from './layout/kinds.ts'
import * as fault from './fault-commands.ts'
import * as host from './host-commands.ts'
import * as pair from './pair-commands.ts'
import { score } from './score-command.ts'
import { interrupted } from './terminal.ts'

const program = new Command('lab')
  .description('Real Debian hosts under systemd-nspawn, to break and to diagnose. Needs root on Debian.')
  .showHelpAfterError()
  .enablePositionalOptions()

const withSeed = (): Option =>
  new Option('--seed <n>', 'names, ports and files that follow from this number; default: the host of README.md')
const withKind = (): Option => new Option('--kind <kind>', 'what answers behind the shop').choices(backendKinds)
const asUser = (): Option => new Option('-u, --user <user>', 'who logs in').choices(labUsers).default('root')

program
  .command('prepare')
  .description('install the Debian packages the lab needs on this machine')
  .action(host.prepareMachine)
program
  .command('up')
  .description('boot a host; the first one of a recipe also builds the image, about a minute')
  .argument('<name>', 'its host name, such as web-1')
  .option('-f, --fault <id>', 'break it once it is ready (see "faults")')
  .option('--ip-suffix <n>', 'N of its address 10.77.N.2, 1 to 254', 'auto')
  .addOption(withSeed())
  .addOption(withKind())
  .action(host.up)
program
  .command('pair')
  .description('boot two hosts in one network: web-1 with nginx, app-3 with the backend of its shop')
  .option('-f, --scenario <id>', 'break them once they are ready (folders of lab/pairs)')
  .addOption(withSeed())
  .addOption(withKind())
  .action(pair.upPair)
program.command('ls').description('hosts that are up, with their address and faults').action(host.list)
program
  .command('ssh')
  .description('log in, or run one command, with the pinned host key')
  .argument('<name>')
  .argument('[command...]')
  .addOption(asUser())
  .passThroughOptions()
  .action(host.login)
program.command('break').description('break a host').argument('<name>').argument('<fault>').action(host.breakHost)
program
  .command('cure')
  .description('do what a person would do about that fault')
  .argument('<name>')
  .argument('<fault>')
  .action(host.cureHost)
program
  .command('down')
  .description('take a host down and leave nothing of it')
  .argument('[name]')
  .option('--all', 'every host of the command line, and what dead test runs left')
  .action(host.down)
program.command('faults').description('what can be broken, and what a diagnosis must say').action(fault.faults)
program
  .command('inventory')
  .description('print the inventory of the hosts that are up, host keys pinned')
  .addOption(asUser())
  .action(host.inventory)
program
  .command('record')
  .description('boot a host, break it, and snapshot it with the project\'s own "cli snapshot"')
  .argument('<fault>')
  .requiredOption('-o, --out <folder>', 'where the snapshot goes')
  .option('--after', 'also snapshot the cured host, into <folder>/after', false)
  .addOption(asUser())
  .action(fault.recordFault)
program
  .command('verify')
  .description('boot, break and cure each fault on a host of its own, and hold what was seen against its expect.yml')
  .argument('[fault...]', 'default: all of them, about ten minutes')
  .addOption(withSeed())
  .addOption(withKind())
  .action(fault.verify)
program
  .command('score')
  .description(
    'break and diagnose faults on fresh hosts as root, as the sudoers user and without sudo, and count what was right',
  )
  .argument('[fault...]', 'default: all of them and all pairs (pair/ID), about a quarter of a minute for each host')
  .addOption(withSeed())
  .addOption(withKind())
  .option('--shapes <n>', 'hosts for each fault, with a seed', '3')
  .option('--users <names>', 'who diagnoses, separated by commas', labUsers.join(','))
  .option('--jobs <n>', 'hosts at a time', '2')
  .option('--write <file>', 'the report, such as docs/accuracy.md')
  .option('--since <commit>', 'report faults that were added after it on a line of their own')
  .option('--resume <file>', 'go on with the results of a run that was broken off; made when absent')
  .action(score)
program
  .command('record-all')
  .description(
    'record faults as root into the folders of the rule tests; what is judged otherwise than expected is not written',
  )
  .argument('[fault...]', 'default: all of them, about six minutes')
  .option('-o, --out <folder>', 'the folder of the tests', 'test')
  .addOption(withSeed())
  .addOption(withKind())
  .action(fault.recordFaults)

try {
  await program.parseAsync()
} catch (cause) {
  const stopped = interrupted()
  const message = cause instanceof Error ? cause.message : String(cause)
  process.stderr.write(stopped ? 'lab: stopped, nothing left behind\n' : `lab: ${message}\n`)
  process.exitCode = stopped ? 130 : 1
}
