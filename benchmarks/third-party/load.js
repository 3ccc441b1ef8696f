// What is installed in this folder, for modules outside of it.
export const load = name => import(name);
