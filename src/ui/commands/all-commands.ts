/** The one list of commands, with lookup. */
import { canvasCommands } from './canvas-commands.ts';
import type { Command } from './command.ts';
import { editCommands } from './edit-commands.ts';
import { pipelineCommands } from './pipeline-commands.ts';
import { runCommands } from './run-commands.ts';

export const allCommands: readonly Command[] = [...runCommands, ...editCommands, ...canvasCommands, ...pipelineCommands];

const byId = new Map(allCommands.map((command) => [command.id, command]));
export const commandOf = (id: string): Command | undefined => byId.get(id);
