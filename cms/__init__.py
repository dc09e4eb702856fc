"""The content management system: one Django app a domain. A package, not an app.

Layers, from the top: missions, committees, candiweb and the portal's apps; library; api; access;
pages; media; languages. A higher one imports lower ones and never the other way.
"""
