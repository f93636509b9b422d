"""An agent in the layout that google-adk's server looks for."""
