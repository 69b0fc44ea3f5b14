import { SetupError } from './steps.mjs'

/**
 * Splits a command line into the set-up's own switches and what is passed on.
 * @param {readonly string[]} argv arguments after the script's name
 * @param {readonly string[]} passed switches that belong to the program that is started afterwards
 * @returns {{ yes: boolean, help: boolean, rest: string[] }}
 */
export function readOptions(argv, passed = []) {
  const options = { yes: false, help: false, rest: [] }
  for (const argument of argv) {
    if (argument === '--yes' || argument === '-y') options.yes = true
    else if (argument === '--help' || argument === '-h') options.help = true
    else if (passed.includes(argument)) options.rest.push(argument)
    else throw new SetupError(`Unknown option ${argument}; --help lists the known ones.`)
  }
  return options
}
