/** The command line's entry: runs pipelines and scores rows with the same engine as the page. */
import { main } from './host/commands.ts';

process.exitCode = await main(process.argv.slice(2));
