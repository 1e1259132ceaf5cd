"""MkDocs: the plugin, the live preview, build and publish. The only package that knows MkDocs."""
