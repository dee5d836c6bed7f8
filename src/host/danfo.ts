/** The danfojs library as one classic script that sets `dfd`; built apart, and loaded only when a script asks for it. */
import * as danfojs from 'danfojs';

const module = danfojs as { default?: unknown };
(globalThis as { dfd?: unknown }).dfd = module.default ?? danfojs;
