/** The registry as the page sees it: pipelines, runs, datasets, models and storage of the open workspace. */

import { listDatasets } from '../registry/datasets.ts';
import type { Registry } from '../registry/db.ts';
import { exportModel, importModel } from '../registry/model-package.ts';
import { describeModel, listModels, modelOnnx, setAlias } from '../registry/models.ts';
import { listPipelines, loadPipeline, nameVersion, pipelineVersions, savePipeline } from '../registry/pipelines.ts';
import { listRuns } from '../registry/runs.ts';
import { remove, restore } from '../registry/trash.ts';
import { chooseWorkspace, createWorkspace, listWorkspaces } from '../registry/workspaces.ts';
import { netLog } from './net-log.ts';
import type { EngineApi, StorageState } from './protocol.ts';

type RegistryApi = Pick<
  EngineApi,
  | 'listPipelines'
  | 'loadPipeline'
  | 'savePipeline'
  | 'pipelineVersions'
  | 'nameVersion'
  | 'listRuns'
  | 'listDatasets'
  | 'datasetDigest'
  | 'listModels'
  | 'modelOnnx'
  | 'modelPackage'
  | 'importModelPackage'
  | 'setAlias'
  | 'describeModel'
  | 'remove'
  | 'restore'
  | 'workspaces'
  | 'createWorkspace'
  | 'openWorkspace'
  | 'netLog'
  | 'storage'
>;

/** Datasets are asked for by this name where values are asked for by digest. */
export const datasetHandle = (name: string, version: number): string => `dataset:${version}:${name}`;
export function datasetOfHandle(handle: string): { name: string; version: number } | undefined {
  const found = /^dataset:(\d+):(.*)$/s.exec(handle);
  return found ? { name: found[2], version: Number(found[1]) } : undefined;
}

export function registryApi(registry: Registry, workspace: string, storage: () => Promise<StorageState>): RegistryApi {
  return {
    listPipelines: () => listPipelines(registry),
    loadPipeline: (id) => loadPipeline(registry, id),
    savePipeline: (document, expectedRevision, more) => savePipeline(registry, document, expectedRevision, more),
    pipelineVersions: (id) => pipelineVersions(registry, id),
    nameVersion: (id, revision, label) => nameVersion(registry, id, revision, label),
    listRuns: (pipeline) => listRuns(registry, pipeline),
    listDatasets: () => listDatasets(registry),
    datasetDigest: async (name, version) => datasetHandle(name, version),
    listModels: () => listModels(registry),
    modelOnnx: (name, version) => modelOnnx(registry, name, version),
    modelPackage: (name, version) => exportModel(registry, name, version),
    importModelPackage: async (bytes) => {
      const { version } = await importModel(registry, bytes);
      return { name: version.name, version: version.version };
    },
    setAlias: (name, alias, version) => setAlias(registry, name, alias, version),
    describeModel: (name, version, change) => describeModel(registry, name, version, change),
    remove: (what) => remove(registry, what),
    restore: (what) => restore(registry, what),
    workspaces: async () => (await listWorkspaces()).map(({ id, name }) => ({ id, name, open: id === workspace })),
    createWorkspace: async (name) => {
      const made = await createWorkspace(name, registry.now());
      return { id: made.id, name: made.name, open: false };
    },
    openWorkspace: async (id) => void (await chooseWorkspace(registry.now(), id)),
    netLog: () => netLog(registry.db),
    storage,
  };
}
