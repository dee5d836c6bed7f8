/** Models with their living versions, newest first; models without any are left out; pure. */
import type { ModelRecord, ModelVersion } from '../../registry/records.ts';

export interface Listed {
  record: ModelRecord;
  versions: ModelVersion[];
}

export const listed = (all: readonly { record: ModelRecord; versions: readonly ModelVersion[] }[]): Listed[] =>
  all
    .filter(({ record }) => record.deletedAt === undefined)
    .map(({ record, versions }) => ({
      record,
      versions: versions.filter((version) => version.deletedAt === undefined).sort((a, b) => b.version - a.version),
    }))
    .filter(({ versions }) => versions.length > 0)
    .sort((a, b) => b.versions[0].createdAt - a.versions[0].createdAt);

/** The version that a change is measured against: the one before that predicts the same thing. */
export const versionBefore = ({ versions }: Listed, model: ModelVersion): ModelVersion | undefined =>
  versions.find((other) => other.version < model.version && other.task === model.task && other.target === model.target);
