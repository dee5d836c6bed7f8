/** Every node kind with code that runs: the nodes, and steps, transforms and learners made into nodes. */
import type { Entry } from '../kind/kind.ts';
import type { NodeCode } from '../kind/run.ts';
import { learners } from '../learners/index.ts';
import { transforms } from '../transforms/index.ts';
import { learnerNode } from './from-learner.ts';
import { stepNode } from './from-step.ts';
import { nodes } from './index.ts';
import { steps } from './steps.ts';

export const allNodes: readonly Entry<NodeCode>[] = [...nodes, ...[...steps, ...transforms].map(stepNode), ...learners.map(learnerNode)];
