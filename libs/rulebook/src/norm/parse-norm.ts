/** Turns the files of a norm into a checked edition, or into the list of everything that is wrong with them. */
import type { UnitTable } from '@gep/kernel';
import { readYaml } from '../yaml/read-yaml';
import { applySwitches, buildExclusive, buildIncomplete, buildPlace, buildSwitches } from './build-choices';
import { checkCountedOnce } from './check-counted-once';
import { buildGroups, buildServices } from './build-services';
import { buildVocabulary } from './build-vocabulary';
import {
  buildFormulas,
  checkNormFormulas,
  checkParameterValues,
  formulasOverDays,
  formulaVocabulary,
} from './check-norm-formulas';
import type { NormEdition, NormFile, NormProblem } from './norm';
import { editionOf } from './norm-content';
import { NormDraft } from './norm-draft';
import { layersOf, type NormLayer } from './norm-layers';

interface ParsedNorm {
  readonly norm?: NormEdition;
  readonly problems: NormProblem[];
}

/**
 * Reads, joins and checks the YAML files of one norm. Pure: the same texts and units give the same edition.
 * @param files any number of YAML files; keys may be spread over them. The files of a norm that it `extends` are among
 *   them, in a folder of its id: `cn-terrestrial/norm.yaml`
 * @returns the edition when there is no problem; otherwise every problem, in reading order. Of a base that is unsound
 *   only the problems of the base are given
 */
export function parseNorm(
  files: readonly NormFile[],
  units: UnitTable,
): { norm?: NormEdition; problems: NormProblem[] } {
  const { layers, problems } = layersOf(files.map(readYaml));
  if (files.length === 0) return { problems: [noFiles] };
  if (problems.length > 0) return { problems };
  return parseLayers(layers, files, units);
}

function parseLayers(layers: readonly NormLayer[], files: readonly NormFile[], units: UnitTable): ParsedNorm {
  const below = layers.slice(0, -1);
  const base = below.length === 0 ? undefined : parseLayers(below, [], units);
  if (base && !base.norm) return { problems: base.problems };
  const draft = new NormDraft(layers);
  if (!draft.readable) return { problems: draft.log.sorted() };
  const building = { draft, units };
  const vocabulary = buildVocabulary(building);
  const formulaTexts = buildFormulas(building);
  const { formulas, sound } = checkNormFormulas(building, formulaVocabulary(building, vocabulary, formulaTexts));
  const groups = buildGroups(building);
  const overDays = sound ? formulasOverDays(sound) : new Set<string>();
  const services = buildServices({ ...building, vocabulary, formulas: formulaTexts, groups, overDays });
  const switches = buildSwitches({ ...building, services });
  const exclusive = buildExclusive({ ...building, services });
  const [place, incomplete] = [buildPlace(building), buildIncomplete(building)];
  const [id, title, status] = [draft.single('id'), draft.single('title'), draft.single('status')];
  if (sound && status !== 'skeleton') checkParameterValues(building, services, vocabulary.parameters, sound);
  const { counted, excluded } = applySwitches(services, switches);
  checkCountedOnce({ ...building, vocabulary, services: counted, exclusive });
  const problems = draft.log.sorted();
  if (problems.length > 0 || !formulas || !id || !title || !status) return { problems };
  const content = {
    id,
    title,
    status,
    basis: draft.entries('basis').map(({ raw }) => raw),
    currency: 'yuan' as const,
    ...vocabulary,
    formulaTexts,
    services: counted,
    groups,
    switches,
    excluded,
    exclusive,
    incomplete,
    base: base?.norm && { id: base.norm.id, edition: base.norm.edition },
    place,
  };
  return { norm: { ...content, edition: editionOf(content, units), formulas, files: [...files], units }, problems };
}

const noFiles: NormProblem = {
  file: '',
  line: 0,
  column: 0,
  path: '',
  code: 'norm.empty',
  text: { zh: '没有规范文件', en: 'there are no norm files' },
  mend: {
    zh: '请提供 norm.yaml、parameters.yaml 和 services.yaml',
    en: 'give norm.yaml, parameters.yaml and services.yaml',
  },
};
