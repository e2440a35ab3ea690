/* A page of its own: its tables answer. */
window.tesoma.beginTables(document);
window.tesoma.beginFinding(document);
