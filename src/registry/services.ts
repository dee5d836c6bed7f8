/** The registry as nodes see it: the parts of `Services` about files, datasets and models, for one run. */
import type { Services } from '../kind/run.ts';
import type { AnyModel } from '../recipe/series-model.ts';
import type { Table } from '../table/table.ts';
import { findDataset, readDataset, saveDataset } from './datasets.ts';
import type { Registry } from './db.ts';
import { readFile } from './files.ts';
import type { Origin } from './model-entry.ts';
import { findModel, readModel, registerModel } from './models.ts';

export type RegistryServices = Pick<
  Services,
  'readFile' | 'readDataset' | 'describeDataset' | 'saveDataset' | 'readModel' | 'describeModel' | 'saveModel'
>;

/** `origin` becomes the lineage of what is saved; `reread` is the host's way to a file's address or handle. */
export function registryServices(registry: Registry, origin: Origin, reread?: Parameters<typeof readFile>[2]): RegistryServices {
  return {
    readFile: (ref) => readFile(registry, ref, reread),
    readDataset: (name, version) => readDataset(registry, name, version),
    describeDataset: async (name, ref) => {
      const { version, digest, schema } = await findDataset(registry, name, ref);
      return { version, digest, schema };
    },
    saveDataset: async (name, table, about) => {
      const source = { type: 'run' as const, run: origin.run ?? '', node: origin.node ?? '' };
      const { dataset, existing } = await saveDataset(registry, name, table as Table, { ...about, source });
      return { name: dataset.name, version: dataset.version, existing };
    },
    readModel: (name, version) => readModel(registry, name, version),
    describeModel: async (name, ref) => {
      const { version, digest, head } = await findModel(registry, name, ref);
      return { version, digest, head };
    },
    saveModel: async (name, model, about) => {
      const { version, existing } = await registerModel(registry, name, model as AnyModel, about, origin);
      return { name: version.name, version: version.version, digest: version.digest, existing };
    },
  };
}
