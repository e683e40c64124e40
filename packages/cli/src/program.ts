import { Command, CommanderError, Option } from 'commander'
import { Failure } from './failure.js'
import type { ServerOptions } from './find-server.js'
import type { Io } from './io.js'

type Finish = (exitCode: number) => void

const list = (value: string, before: readonly string[] = []) => [...before, value]

// Each command is imported when it is run: `--help` and `demo` should not pay for the server.
const addStart = (program: Command, io: Io, finish: Finish) =>
  program
    .command('start')
    .description('run the server and, beside it, the example app')
    .option('--host <address>', 'address to listen on (HOST, 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any free one (PORT, 4000)')
    .option('--data <folder>', 'data folder (GROUNDLEVEL_DATA, ./.groundlevel)')
    .option('--database-url <url>', 'PostgreSQL to use instead of the built-in one (DATABASE_URL)')
    .option('--public-url <url>', 'address that browsers and apps use (PUBLIC_URL)')
    .option('--rate-limits <on|off>', 'off never answers 429 (GROUNDLEVEL_RATE_LIMITS, on)')
    .option('--seed <demo|none>', 'what an empty database begins with (GROUNDLEVEL_SEED, demo)')
    .option('--extensions <on|off>', 'off hides what only Groundlevel offers (GROUNDLEVEL_EXTENSIONS, on)')
    .option('--trust-proxy <ranges>', 'proxies whose forwarded headers are believed (GROUNDLEVEL_TRUST_PROXY)')
    .option('--code-ttl <seconds>', 'lifetime of an authorization code (GROUNDLEVEL_CODE_TTL, 600)')
    .option('--log-days <days>', 'how long calls are kept (GROUNDLEVEL_LOG_DAYS, 30)')
    .option('--event-days <days>', 'how long events and deliveries are kept (GROUNDLEVEL_EVENT_DAYS, 30)')
    .option(
      '--workflow-days <days>',
      'how long ways through workflows are kept once they are over (GROUNDLEVEL_WORKFLOW_DAYS, 365)',
    )
    .option('--blobs <s3://bucket/prefix>', 'where uploaded files are kept (GROUNDLEVEL_BLOBS, the data folder)')
    .option('--smtp-url <url>', 'mail server that e-mails are handed to (GROUNDLEVEL_SMTP_URL, none: the outbox)')
    .option('--mail-from <address>', 'sender where a message names none (GROUNDLEVEL_MAIL_FROM, no-reply@ the public host)')
    .option('--mail-tracking <on|off>', 'off asks nobody whether e-mails were opened (GROUNDLEVEL_MAIL_TRACKING, on)')
    .option('--mail-port <port>', 'port that mail comes in at (GROUNDLEVEL_MAIL_PORT, none: no mail comes in)')
    .option('--mail-host <address>', 'address that mail comes in at (GROUNDLEVEL_MAIL_HOST, that of --host)')
    .option('--mail-domain <name>', 'what follows the @ of addresses for mail (GROUNDLEVEL_MAIL_DOMAIN, the public host)')
    .option('--production', 'no lab, no demo, weak settings refused')
    .option('--no-example', 'leave the example app out (GROUNDLEVEL_EXAMPLE=off)')
    .action(async (options) => finish(await (await import('./commands/start.js')).start(options, io)))

const client = (command: Command) =>
  command
    .addOption(new Option('--url <address>', 'the running server (GROUNDLEVEL_URL)'))
    .addOption(new Option('--data <folder>', 'its data folder, to find it by (GROUNDLEVEL_DATA, ./.groundlevel)'))

const addExec = (program: Command, io: Io, finish: Finish) =>
  client(
    program
      .command('exec')
      .argument('[command...]', 'such as: npm test')
      .usage('[options] -- <command...>')
      .description('run a program unmodified, with HighLevel’s hosts answered by the running server, or by one for the while')
      .option(
        '--hosts',
        'by a hosts file that only the program sees (Linux), for what reads neither proxy nor certificate variables',
      )
      .passThroughOptions(),
  ).action(async (command: string[], options: ServerOptions & { hosts?: boolean }) =>
    finish(await (await import('./commands/exec.js')).exec(command, options, io)),
  )

const addClients = (program: Command, io: Io) => {
  client(program.command('demo').description('print the demo world: people, apps, tokens'))
    .option('--json', 'for scripts')
    .action(async (options) => (await import('./commands/demo.js')).demo(options, io))
  client(program.command('clock').description('the time that the server goes by; lets it go on'))
    .option('--advance <length>', 'such as 90m, 36h, 2d or 1w2d')
    .option('--to <moment>', 'such as 2031-05-01T09:00:00Z')
    .option('--json', 'for scripts')
    .action(async (options) => (await import('./commands/clock.js')).clock(options, io))
  client(program.command('install').description('install an app by a real consent as the demo admin; prints the code'))
    .requiredOption('--client-id <id>', 'the app’s client id')
    .option('--location <id>', 'sub-account; may be repeated', list)
    .option('--company <id>', 'agency: installs for it, or for the named sub-accounts in bulk')
    .option('--all', 'with --company: all its sub-accounts')
    .option('--future', 'with --all: those to come as well')
    .option('--json', 'for scripts')
    .action(async (options) => (await import('./commands/install.js')).install(options, io))
  client(
    program
      .command('trigger')
      .argument('<event>', 'such as ContactCreate, in any case')
      .description('make a real change and follow its deliveries'),
  )
    .option('--location <id>', 'sub-account; the first demo one by default')
    .action(async (event: string, options: ServerOptions) => (await import('./commands/trigger.js')).trigger(event, options, io))
  client(program.command('logs').description('calls, events, deliveries, installs and token acts of the demo developer’s apps'))
    .option('--follow', 'go on printing')
    .option('--app <id or name>', 'of one app only')
    .option('--kind <kind>', 'call, event, delivery, install or token')
    .option('--limit <number>', 'how many to begin with (50)')
    .option('--json', 'one JSON object a line')
    .action(async (options) => (await import('./commands/logs.js')).logs(options, io))
}

const addContacts = (program: Command, io: Io) => {
  const contacts = program
    .command('contacts')
    .description('contacts of a sub-account as CSV, as the demo admin or with the token in GROUNDLEVEL_TOKEN')
  client(
    contacts.command('import').argument('<file>', 'CSV whose first line names the columns').description('take in a CSV file'),
  )
    .requiredOption('--location <id or name>', 'sub-account')
    .option('--map <columns>', 'JSON, or column=field,…; column= leaves one out; the others go by their names')
    .option('--dry-run', 'try it and write nothing')
    .addOption(new Option('--on-duplicate <what>', 'with a contact that is there (update)').choices(['skip', 'update', 'create']))
    .option('--tags <a,b>', 'for every contact of the file')
    .option('--json', 'for scripts')
    .action(async (file: string, options) => (await import('./commands/contacts/import.js')).importContacts(file, options, io))
  client(contacts.command('export').description('write every contact, custom fields included'))
    .requiredOption('--location <id or name>', 'sub-account')
    .option('--file <path>', 'where to; standard output by default')
    .action(async (options) => (await import('./commands/contacts/export.js')).exportContacts(options, io))
}

const sentenceOf = async (error: unknown): Promise<string> => {
  // Where it can be thrown it is loaded; a start should not wait for it.
  const { ApiError } = await import('@groundlevel/app-kit')
  if (error instanceof ApiError)
    return `${error.messages.join('; ')} (${error.operation} answered ${error.status}, trace ${error.traceId})`
  return error instanceof Error ? error.message : String(error)
}

const exitCodeOf = async (error: unknown, io: Io): Promise<number> => {
  // Commander has printed its own sentence; its help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  io.err(await sentenceOf(error))
  const { exitCode } = error as { exitCode?: unknown }
  return error instanceof Failure || typeof exitCode === 'number' ? Number(exitCode) : 1
}

/** Runs one command line (without node and script). Resolves with the exit code: 0, 1 it did not work, 2 it was asked wrongly. */
export const run = async (argv: readonly string[], io: Io): Promise<number> => {
  let exitCode = 0
  const write = (print: (line: string) => void) => (text: string) => print(text.replace(/\n$/, ''))
  const program = new Command('groundlevel')
    .description('The HighLevel-compatible developer marketplace that you run yourself')
    .configureOutput({ writeOut: write(io.out), writeErr: write(io.err) })
    .enablePositionalOptions()
    .exitOverride()
  const finish = (code: number) => {
    exitCode = code
  }
  addStart(program, io, finish)
  addExec(program, io, finish)
  addClients(program, io)
  addContacts(program, io)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    return exitCodeOf(error, io)
  }
}
