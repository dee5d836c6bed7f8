/** The interface's language: English built in, 简体中文 loaded on demand, both as JSON modules per area; formats numbers by locale too. */
import { createInstance, type i18n } from 'i18next';
import ICU from 'i18next-icu';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, formatFor } from './format.ts';

export type Language = 'en' | 'zh';
/** `t('results.rows', { count: 3 })`: the area (a file of `en/`), a dot, the key inside it; ICU arguments by name. */
export type Translate = (key: string, args?: Record<string, unknown>) => string;

const STORAGE_KEY = 'millrace.language';
type Area = Record<string, unknown>;
const english = import.meta.glob<Area>('./en/*.json', { eager: true, import: 'default' });
const chinese = import.meta.glob<Area>('./zh/*.json', { import: 'default' });
const areaOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length);

let instance: i18n | undefined;
let loading: Promise<void> = Promise.resolve();
function engine(): i18n {
  if (instance) return instance;
  instance = createInstance();
  instance.use(ICU).init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: Object.fromEntries(Object.entries(english).map(([path, area]) => [areaOf(path), area])) },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const wanted = preferred();
  if (wanted !== 'en') loading = setLanguage(wanted);
  return instance;
}

function preferred(): Language {
  if (typeof window === 'undefined') return 'en';
  const stored = window.localStorage.getItem(STORAGE_KEY);
  if (stored === 'en' || stored === 'zh') return stored;
  return window.navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Resolves when the texts of the language that the user chose, or that the browser asks for, are there. */
export async function textReady(): Promise<void> {
  engine();
  await loading;
}

export const language = (): Language => (engine().language === 'zh' ? 'zh' : 'en');

/** Calls back after each change of language, for texts that are kept outside React; answers how to stop. */
export function onLanguage(listener: () => void): () => void {
  const text = engine();
  text.on('languageChanged', listener);
  return () => text.off('languageChanged', listener);
}

/** Switches without a reload and remembers the choice on this machine. */
export async function setLanguage(next: Language): Promise<void> {
  const text = engine();
  if (next === 'zh' && !text.hasResourceBundle('zh', 'results')) {
    const areas = await Promise.all(Object.entries(chinese).map(async ([path, load]) => [areaOf(path), await load()] as const));
    for (const [area, strings] of areas) text.addResourceBundle('zh', area, strings);
  }
  await text.changeLanguage(next);
  if (typeof window === 'undefined') return;
  window.localStorage.setItem(STORAGE_KEY, next);
  document.documentElement.lang = next === 'zh' ? 'zh-Hans' : 'en';
}

/** The same as `useText()` gives, for code outside React; English when the key has no translation yet. */
export const translate: Translate = (key, args) => {
  const dot = key.indexOf('.');
  return engine().t(key.slice(dot + 1), { ...args, ns: key.slice(0, dot) });
};

/** In English whatever the language is: for texts that are kept. */
export const translateToEnglish: Translate = (key, args) => {
  const dot = key.indexOf('.');
  return engine().t(key.slice(dot + 1), { ...args, ns: key.slice(0, dot), lng: 'en' });
};

/** A string looked up by exact path in one area of the current language; `undefined` when there is none. */
export function lookUp(area: string, ...path: string[]): string | undefined {
  let at: unknown = engine().getResourceBundle(language(), area);
  for (const part of path) at = at && typeof at === 'object' ? (at as Area)[part] : undefined;
  return typeof at === 'string' ? at : undefined;
}

/** Re-renders when the language changes. */
export function useText(): Translate {
  const { i18n: current } = useTranslation(undefined, { i18n: engine(), useSuspense: false });
  const now = current.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function per language is what makes memoised children render again
  return useMemo<Translate>(() => (key, args) => translate(key, args), [now]);
}

/** Numbers, dates, sizes and durations in the current language. */
export function useFormat(): Format {
  useText();
  return formatFor(language());
}
